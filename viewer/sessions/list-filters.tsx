// What the list of sessions has: all of them, those of a period or a filter, or those that met friction of a kind, on a
// page, at an element; and which of them come first. What can be chosen is what was met.
import { useCallback } from "preact/hooks";
import { useApp } from "../context.ts";
import { markupName } from "../heatmap/name-element.ts";
import { formatRoute } from "../routes.ts";
import { listOptions } from "../signals/signal-options.ts";
import { FilterField } from "../ui/filter-field.tsx";
import { FilterSlot } from "../ui/filter-slot.tsx";
import { sinceOf } from "../ui/period.ts";
import { PeriodSelect } from "../ui/period-select.tsx";
import { Select } from "../ui/select.tsx";
import { nameSignal } from "../ui/signal-words.ts";
import { StateCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { LIST_FILTERS, type ListFilter, type SessionList } from "./session-list.ts";

interface ListFiltersProps {
	site: string;
	list: SessionList;
}

const NAMES: Readonly<Record<ListFilter, string>> = {
	...{ kind: "friction", page: "page", key: "element" },
};

export function ListFilters({ site, list }: ListFiltersProps) {
	const { api, navigation } = useApp();
	const { kind, page, key, filter, days } = list;
	const ask = useCallback(
		(stop: AbortSignal) => {
			const from = sinceOf(days, Date.now());
			return api.readSignals(site, { kind, page, key, filter, from, limit: 1 }, stop);
		},
		[api, site, kind, page, key, filter, days],
	);
	const [answer] = useAnswer(ask);
	const options = answer.state === "answered" ? listOptions(answer.value) : undefined;
	const routeTo = (change: Partial<SessionList>) =>
		({ name: "sessions", site, list: { ...list, ...change } }) as const;
	const labels = { kind: nameSignal(kind), page, key: markupName(key) };
	return (
		<div class="filters">
			<Select
				label="Order"
				value={list.sort}
				onChange={(sort) => navigation.go(routeTo({ sort: sort as SessionList["sort"] }))}
			>
				<option value="friction">Most friction first</option>
				<option value="newest">Newest first</option>
			</Select>
			<PeriodSelect days={days} onChange={(period) => navigation.go(routeTo({ days: period }))}>
				<option value="">Any time</option>
			</PeriodSelect>
			{LIST_FILTERS.map((name) => (
				<FilterSlot
					key={name}
					name={NAMES[name]}
					value={list[name]}
					options={options?.[name]}
					label={labels[name]}
					without={formatRoute(routeTo({ [name]: "" }))}
					onChoose={(value) => navigation.go(routeTo({ [name]: value }))}
				/>
			))}
			<FilterField
				filter={filter}
				onChange={(words) => navigation.go(routeTo({ filter: words }))}
			/>
		</div>
	);
}

export function NoneFits({ site }: { site: string }) {
	return (
		<StateCard
			title="No visit fits these filters"
			icon="check"
			level={2}
			actions={
				<a class="button" href={formatRoute({ name: "sessions", site })}>
					Remove the filters
				</a>
			}
		>
			<p>A visit that does appears here by itself, while it goes on.</p>
		</StateCard>
	);
}
