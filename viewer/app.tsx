// The wiring of the screens: which route shows what, under one header. Replay and heatmaps bring
// rrweb along and are loaded when first opened.
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Site } from "../protocol/api.ts";
import { useApp } from "./context.ts";
import type { Route } from "./routes.ts";
import { SessionsPage } from "./sessions/sessions-page.tsx";
import { NewSitePage } from "./setup/new-site-page.tsx";
import { SetupPage } from "./setup/setup-page.tsx";
import { SignInPage } from "./setup/sign-in-page.tsx";
import { Header } from "./ui/header.tsx";
import { KeySheet } from "./ui/key-sheet.tsx";
import type { KeyBinding } from "./ui/keys.ts";
import { ErrorCard, StateCard } from "./ui/state-card.tsx";
import { useAnswer } from "./ui/use-answer.ts";

export function Shell() {
	const { navigation, keys } = useApp();
	const sheet = useRef<HTMLDialogElement>(null);
	const main = useRef<HTMLElement>(null);
	const screen = navigation.route.value.name;
	const before = useRef(screen);
	useEffect(() => {
		// A reader of the screen hears the new one, and Tab starts in it.
		if (before.current !== screen) main.current?.focus({ preventScroll: true });
		before.current = screen;
	}, [screen]);
	const help = useCallback(() => sheet.current?.showModal(), []);
	if (screen === "sign-in") return <SignInPage />;
	const bindings: KeyBinding[] = [
		...keys.value,
		{ keys: ["?"], does: "Show this help", run: help },
	];
	return (
		<>
			<Header onHelp={help} />
			<HelpKey onHelp={help} />
			<main ref={main} tabIndex={-1}>
				<KnownSites />
			</main>
			<KeySheet sheet={sheet} bindings={bindings} />
		</>
	);
}

/** `?` works on every screen, whatever else the screen binds. */
function HelpKey({ onHelp }: { onHelp: () => void }) {
	useEffect(() => {
		const listen = (event: KeyboardEvent) => {
			const typing = event.target instanceof Element && event.target.closest("input, textarea");
			if (event.key === "?" && !typing && !event.ctrlKey && !event.metaKey) onHelp();
		};
		document.addEventListener("keydown", listen);
		return () => document.removeEventListener("keydown", listen);
	}, [onHelp]);
	return null;
}

/** Nothing can be shown before it is known which sites there are. */
function KnownSites() {
	const { api, sites } = useApp();
	const [answer, again] = useAnswer(api.readSites);
	useLayoutEffect(() => {
		if (answer.state === "answered") sites.value = answer.value;
	}, [answer, sites]);
	if (sites.value !== undefined) return <Screen sites={sites.value.sites} />;
	if (answer.state === "failed" && answer.error.status !== 401) {
		return <ErrorCard error={answer.error} onRetry={again} />;
	}
	return null;
}

function Screen({ sites }: { sites: readonly Site[] }) {
	const { navigation } = useApp();
	const route = navigation.route.value;
	const first = sites[0];
	useEffect(() => {
		document.title = `${titleOf(route)} · Snag`;
		if (route.name !== "home") return;
		navigation.replace(first ? { name: "sessions", site: first.id } : { name: "new-site" });
	}, [navigation, route, first]);
	if (route.name === "home") return null;
	if (route.name === "new-site") return <NewSitePage />;
	const site = "site" in route ? sites.find(({ id }) => id === route.site) : undefined;
	if (site === undefined || route.name === "unknown" || route.name === "sign-in") {
		return <NotHere />;
	}
	switch (route.name) {
		case "sessions":
			return <SessionsPage key={site.id} site={site} list={route.list} />;
		case "setup":
			return <SetupPage key={site.id} site={site} />;
		case "session":
			return <Lazy load={loadSession} key={route.session} site={site} route={route} />;
		case "signals":
			return <Lazy load={loadSignals} key={site.id} site={site} route={route} />;
		case "heatmaps":
			return <Lazy load={loadPages} key={site.id} site={site} route={route} />;
		case "page-rules":
			return <Lazy load={loadPageRules} key={site.id} site={site} route={route} />;
		case "heatmap":
			return <Lazy load={loadMap} key={`${site.id} ${route.page}`} site={site} route={route} />;
	}
}

const loadSession = async () => (await import("./player/session-page.tsx")).SessionPage;
const loadSignals = async () => (await import("./signals/signals-page.tsx")).SignalsPage;
const loadPages = async () => (await import("./heatmap/pages-page.tsx")).PagesPage;
const loadPageRules = async () => (await import("./pages/page-rules-page.tsx")).PageRulesPage;
const loadMap = async () => (await import("./heatmap/map-page.tsx")).MapPage;

interface LazyProps<R extends Route> {
	load: () => Promise<ComponentType<{ site: Site; route: R }>>;
	site: Site;
	route: R;
}

function Lazy<R extends Route>({ load, site, route }: LazyProps<R>) {
	const loaded = useSignal<ComponentType<{ site: Site; route: R }> | "failed" | undefined>(
		undefined,
	);
	const round = useSignal(0);
	useLayoutEffect(() => {
		load().then(
			(component) => {
				loaded.value = component;
			},
			() => {
				loaded.value = "failed";
			},
		);
	}, [load, loaded, round.value]);
	if (loaded.value === undefined) return null;
	if (loaded.value === "failed") {
		// A build that is gone cannot be loaded piece by piece: only the whole page can.
		const error = { code: "unreachable", message: "A part of the viewer did not load.", status: 0 };
		return <ErrorCard error={error} onRetry={() => location.reload()} />;
	}
	const Component = loaded.value;
	return <Component site={site} route={route} />;
}

function NotHere() {
	return (
		<StateCard
			title="There is no such page"
			icon="unknown"
			actions={
				<a class="button button-main" href="/">
					Go to the sessions
				</a>
			}
		>
			<p>The address names a site or a screen that is not here. It may have been deleted.</p>
		</StateCard>
	);
}

function titleOf(route: Route): string {
	switch (route.name) {
		case "session":
			return "Replay";
		case "signals":
			return "Signals";
		case "heatmaps":
			return "Heatmaps";
		case "page-rules":
			return "Pages shown as one";
		case "heatmap":
			return `Heatmap of ${route.page}`;
		case "setup":
			return "Setup";
		case "new-site":
			return "Add a site";
		default:
			return "Sessions";
	}
}
