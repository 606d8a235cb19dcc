// Where one is, and the ways to everywhere else.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Health } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute, type Route } from "../routes.ts";
import { Icon } from "./icon.tsx";
import { watchPoll } from "./poll.ts";
import { Select } from "./select.tsx";
import { readTheme, toggleTheme } from "./theme.ts";
import { Wordmark } from "./wordmark.tsx";

const HEALTH_MS = 10_000;
const SECTIONS = [
	{ name: "sessions", label: "Sessions", holds: ["sessions", "session"] },
	{ name: "signals", label: "Signals", holds: ["signals"] },
	{ name: "heatmaps", label: "Heatmaps", holds: ["heatmaps", "heatmap", "page-rules"] },
	{ name: "setup", label: "Setup", holds: ["setup"] },
] as const;

export function Header({ onHelp }: { onHelp: () => void }) {
	const { navigation } = useApp();
	const route = navigation.route.value;
	return (
		<header class="shell-header">
			<a class="shell-brand" href="/" aria-label="Snag: sessions">
				<Wordmark />
			</a>
			<SiteSwitcher route={route} />
			<Sections route={route} />
			<div class="shell-side">
				<HealthNote />
				<button
					type="button"
					class="button button-plain button-icon"
					title="Keys (?)"
					aria-label="Keys on this screen"
					onClick={onHelp}
				>
					<Icon name="keys" />
				</button>
				<ThemeButton />
			</div>
		</header>
	);
}

function Sections({ route }: { route: Route }) {
	const { sites } = useApp();
	const site = "site" in route ? route.site : sites.value?.sites[0]?.id;
	if (site === undefined) return null;
	return (
		<nav class="shell-nav" aria-label="Site">
			{SECTIONS.map(({ name, label, holds }) => (
				<a
					key={name}
					href={formatRoute({ name, site })}
					aria-current={holds.some((held) => held === route.name) ? "page" : undefined}
				>
					{label}
				</a>
			))}
		</nav>
	);
}

const NEW = "+";

function SiteSwitcher({ route }: { route: Route }) {
	const { sites, navigation } = useApp();
	const known = sites.value?.sites ?? [];
	if (known.length === 0) return null;
	const current = route.name === "new-site" ? NEW : "site" in route ? route.site : "";
	const section = SECTIONS.find(({ holds }) => holds.some((held) => held === route.name));
	const change = (value: string) =>
		navigation.go(
			value === NEW ? { name: "new-site" } : { name: section?.name ?? "sessions", site: value },
		);
	return (
		<Select label="Site" value={current} onChange={change}>
			{known.map(({ id, name }) => (
				<option key={id} value={id}>
					{name}
				</option>
			))}
			<option value={NEW}>Add a site…</option>
		</Select>
	);
}

function HealthNote() {
	const { api } = useApp();
	const health = useSignal<Health | undefined>(undefined);
	useEffect(() => {
		const ask = async (signal: AbortSignal) => {
			const result = await api.readHealth(signal);
			health.value = result.ok ? result.value : undefined;
		};
		return watchPoll(ask, HEALTH_MS);
	}, [api, health]);
	const { status, store, index } = health.value ?? {};
	if (status === undefined || status === "ready") return null;
	const what = store === "unavailable" ? "Storage" : index === "unavailable" ? "Index" : "Server";
	return (
		<span class="shell-health" role="status">
			{what} not ready
		</span>
	);
}

function ThemeButton() {
	const root = document.documentElement;
	const theme = useSignal(readTheme(root));
	const other = theme.value === "dark" ? "light" : "dark";
	return (
		<button
			type="button"
			class="button button-plain button-icon"
			title={`Use the ${other} theme`}
			aria-label={`Use the ${other} theme`}
			onClick={() => {
				theme.value = toggleTheme(root, localStorage);
			}}
		>
			<Icon name={theme.value === "dark" ? "sun" : "moon"} />
		</button>
	);
}
