// The address bar as a signal. Links are plain `<a href>`: one listener turns a click on a link of ours
// into a change of screen, so that open-in-new-tab and copy-link keep working as everywhere.
import { type ReadonlySignal, signal } from "@preact/signals";
import { formatRoute, parseRoute, type Route } from "./routes.ts";

export interface Navigation {
	route: ReadonlySignal<Route>;
	go(route: Route): void;
	/** Changes the address without a new entry in the history. */
	replace(route: Route): void;
	/** Writes the address without telling anyone: for what follows the screen, as a time does. */
	mirror(route: Route): void;
}

export function createNavigation(window: Window): Navigation {
	const { history, location, document } = window;
	const read = () => parseRoute(location.pathname, location.search);
	const route = signal<Route>(read());
	const follow = () => {
		route.value = read();
	};
	window.addEventListener("popstate", follow);
	document.addEventListener("click", (event) => {
		const link = findLink(event);
		if (link === undefined || link.origin !== location.origin) return;
		if (parseRoute(link.pathname, link.search).name === "unknown") return;
		event.preventDefault();
		if (link.href !== location.href) history.pushState(null, "", link.href);
		follow();
		window.scrollTo(0, 0);
	});
	return {
		route,
		go(next) {
			history.pushState(null, "", formatRoute(next));
			follow();
			window.scrollTo(0, 0);
		},
		replace(next) {
			history.replaceState(null, "", formatRoute(next));
			follow();
		},
		mirror(next) {
			history.replaceState(null, "", formatRoute(next));
		},
	};
}

function findLink(event: MouseEvent): HTMLAnchorElement | undefined {
	const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
	if (event.defaultPrevented || event.button !== 0 || modified) return undefined;
	const link = event.target instanceof Element ? event.target.closest("a") : null;
	if (link === null || link.target !== "" || link.hasAttribute("download")) return undefined;
	return link;
}
