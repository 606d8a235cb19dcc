// What every measured page has: its changes, a fixed number of them from a seed, driven by the page
// itself, and the places where a visitor may point, type and scroll. The steps are counted, not timed:
// a recorder that slows the page down does not get fewer of them.
import { createRandom, type Random } from "./random.ts";

export type GestureKind = "press" | "type" | "scroll";

export interface LivePage {
	/** Changes still to come. */
	left: number;
	/** Middle of a visible place for this, in the viewport; `pick` is 0 to 1. */
	find(kind: GestureKind, pick: number): { x: number; y: number } | undefined;
	/** The last change of all: a mark that a recorder must have sent. */
	end(): void;
}

export interface PageOptions {
	everyMs: number;
	tick: (step: number, random: Random) => void;
}

declare global {
	interface Window {
		bench: LivePage;
	}
}

/** Recorders that are loaded without blocking the page are there by then. */
const QUIET_MS = 1000;

export function startPage({ everyMs, tick }: PageOptions): void {
	const parameters = new URLSearchParams(location.search);
	const seconds = Number(parameters.get("seconds"));
	const random = createRandom(Number(parameters.get("seed")));
	const steps = Math.round((seconds * 1000) / everyMs);
	const next = (step: number): void => {
		if (step >= steps) return;
		tick(step, random);
		window.bench.left--;
		setTimeout(next, everyMs, step + 1);
	};
	window.bench = { left: steps, find, end };
	setTimeout(next, QUIET_MS, 0);
}

function end(): void {
	const mark = document.createElement("p");
	mark.className = "bench-end";
	mark.textContent = "This is the end.";
	document.body.append(mark);
}

function find(kind: GestureKind, pick: number): { x: number; y: number } | undefined {
	const places = findAll(document, `[data-bench="${kind}"]`)
		.map((element) => element.getBoundingClientRect())
		.filter(({ top, bottom, left, right, width, height }) => {
			const isInside = top >= 0 && left >= 0 && top < innerHeight - 10 && right <= innerWidth;
			return width > 0 && height > 0 && isInside && (kind === "scroll" || bottom <= innerHeight);
		});
	const place = places[Math.floor(pick * places.length)];
	if (place === undefined) return undefined;
	const bottom = Math.min(place.bottom, innerHeight);
	return { x: (place.left + place.right) / 2, y: (place.top + bottom) / 2 };
}

/** In open shadow roots as well. */
function findAll(root: Document | ShadowRoot, selector: string): Element[] {
	const hosts = [...root.querySelectorAll("[data-bench-host]")];
	return [
		...root.querySelectorAll(selector),
		...hosts.flatMap(({ shadowRoot }) => (shadowRoot ? findAll(shadowRoot, selector) : [])),
	];
}
