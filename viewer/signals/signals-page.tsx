// Where it goes wrong: the elements and pages with the most friction, each with what it is, how often, how sure that
// is, and the ways to see it.
import { useSignal } from "@preact/signals";
import { useCallback, useMemo, useRef } from "preact/hooks";
import type { SignalReport, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { markupName } from "../heatmap/name-element.ts";
import { formatRoute, type Route } from "../routes.ts";
import { FilterField } from "../ui/filter-field.tsx";
import { FilterSlot } from "../ui/filter-slot.tsx";
import { plural } from "../ui/format.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { type KeyBinding, useKeys } from "../ui/keys.ts";
import { DEFAULT_DAYS, sinceOf } from "../ui/period.ts";
import { PeriodSelect } from "../ui/period-select.tsx";
import { nameSignal } from "../ui/signal-words.ts";
import { ErrorCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { NoSignals } from "./no-signals.tsx";
import { listOptions } from "./signal-options.ts";
import { SignalRow } from "./signal-row.tsx";
import { SIGNAL_VIEW, type SignalView } from "./signal-view.ts";

const ROWS = 50;
const STATES = { waiting: "loading", answered: "ready", failed: "failed" } as const;
type SignalsRoute = Extract<Route, { name: "signals" }>;
type Signals = SignalReport["signals"];

interface SignalsPageProps {
	site: Site;
	route: SignalsRoute;
}

export function SignalsPage({ site, route }: SignalsPageProps) {
	const { api } = useApp();
	const view = route.view ?? SIGNAL_VIEW;
	const { kind, page, key, filter, days } = view;
	const more = useSignal<{ of: SignalReport; signals: Signals; next: string } | undefined>(
		undefined,
	);
	const ask = useCallback(
		(stop: AbortSignal) => {
			const from = sinceOf(days, Date.now());
			return api.readSignals(site.id, { kind, page, key, filter, from, limit: ROWS }, stop);
		},
		[api, site.id, kind, page, key, filter, days],
	);
	const [answer, again] = useAnswer(ask);
	const report = answer.state === "answered" ? answer.value : undefined;
	const loaded = more.value?.of === report ? more.value : undefined;
	const signals = [...(report?.signals ?? []), ...(loaded?.signals ?? [])];
	const cursor = loaded?.next ?? report?.next ?? "";
	const loadMore = async () => {
		if (report === undefined) return;
		const result = await api.readSignals(site.id, {
			...{ kind, page, key, filter, from: report.from, limit: ROWS, cursor },
		});
		if (!result.ok) return;
		const before = loaded?.signals ?? [];
		const { next } = result.value;
		more.value = { of: report, signals: [...before, ...result.value.signals], next };
	};
	return (
		<div class="screen" data-state={STATES[answer.state]}>
			<div class="screen-head">
				<h1>Signals</h1>
				{report && <p>{describeReport(report)}</p>}
			</div>
			<SignalFilters site={site.id} view={view} report={report} />
			{answer.state === "failed" && <ErrorCard error={answer.error} level={2} onRetry={again} />}
			{report && <FreshnessBanner freshness={report.freshness} />}
			{report && signals.length === 0 && <NoSignals site={site} view={view} />}
			{signals.length > 0 && <SignalTable site={site.id} signals={signals} view={view} />}
			{cursor !== "" && (
				<button type="button" class="button session-more" onClick={loadMore}>
					Load more
				</button>
			)}
		</div>
	);
}

function describeReport({ episodes, sessions }: SignalReport): string {
	if (episodes === 0) return "";
	return `${plural(episodes, "episode")} in ${plural(sessions, "session")}, most friction first`;
}

interface SignalFiltersProps {
	site: string;
	view: SignalView;
	report: SignalReport | undefined;
}

const FILTERS = ["kind", "page", "key"] as const;
const NAMES = { kind: "friction", page: "page", key: "element" } as const;

function SignalFilters({ site, view, report }: SignalFiltersProps) {
	const { navigation } = useApp();
	const options = report && listOptions(report);
	const labels = { kind: nameSignal(view.kind), page: view.page, key: markupName(view.key) };
	const routeTo = (change: Partial<SignalView>): Route => ({
		...{ name: "signals", site, view: { ...view, ...change } },
	});
	return (
		<div class="filters">
			<PeriodSelect
				days={view.days || DEFAULT_DAYS}
				onChange={(days) => navigation.go(routeTo({ days: days === DEFAULT_DAYS ? "" : days }))}
			/>
			{FILTERS.map((name) => (
				<FilterSlot
					key={name}
					name={NAMES[name]}
					value={view[name]}
					options={options?.[name]}
					label={labels[name]}
					without={formatRoute(routeTo({ [name]: "" }))}
					onChoose={(value) => navigation.go(routeTo({ [name]: value }))}
				/>
			))}
			<FilterField filter={view.filter} onChange={(filter) => navigation.go(routeTo({ filter }))} />
		</div>
	);
}

interface SignalTableProps {
	site: string;
	signals: Signals;
	view: SignalView;
}

function SignalTable({ site, signals, view }: SignalTableProps) {
	const table = useRef<HTMLTableElement>(null);
	const keys = useMemo<KeyBinding[]>(() => {
		const go = (by: 1 | -1) => () => moveTo(table.current, by);
		return [
			{ keys: ["j", "ArrowDown"], does: "Next signal", run: go(1) },
			{ keys: ["k", "ArrowUp"], does: "Previous signal", run: go(-1) },
			{ keys: ["w"], does: "Watch it", run: () => watch(table.current) },
		];
	}, []);
	useKeys(keys);
	const most = Math.max(...signals.map(({ severity }) => severity));
	return (
		<table class="signals" aria-label="Signals, most friction first" ref={table}>
			<thead>
				<tr>
					<th>What went wrong, where</th>
					<th class="number">Friction</th>
					<th class="number">Episodes</th>
					<th class="number">Rate</th>
					<th>See it</th>
				</tr>
			</thead>
			<tbody>
				{signals.map((signal) => (
					<SignalRow
						key={[signal.kind, signal.page, signal.element.id].join(" ")}
						{...{ site, signal, most, view }}
					/>
				))}
			</tbody>
		</table>
	);
}

function moveTo(table: HTMLElement | null, by: 1 | -1): void {
	const names = [...(table?.querySelectorAll<HTMLElement>(".signal-name") ?? [])];
	const row = document.activeElement?.closest(".signal-row");
	const at = names.findIndex((name) => name.closest(".signal-row") === row);
	const next = at < 0 ? 0 : Math.min(names.length - 1, Math.max(0, at + by));
	names[next]?.focus();
	names[next]?.closest("tr")?.scrollIntoView({ block: "nearest" });
}

/** The gravest of the row that has the focus, else of the first. */
function watch(table: HTMLElement | null): void {
	const row = document.activeElement?.closest(".signal-row") ?? table;
	row?.querySelector<HTMLElement>(".signal-replays a")?.click();
}
