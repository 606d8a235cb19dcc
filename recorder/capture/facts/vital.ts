// How the page felt, by the browser's own measure: when its largest content was there (LCP), how long its
// slowest answer to an input took (INP), how much it jumped (CLS), and whether what was pressed had just
// moved there. web-vitals does the same with more care for old browsers and three times the bytes.
import { FACT_VITAL } from "../../../protocol/fact.ts";
import type { FactScope } from "./fact-scope.ts";

/** Not in TypeScript's DOM (Layout Instability, WICG). */
interface LayoutShift extends PerformanceEntry {
	value: number;
	hadRecentInput: boolean;
	sources?: { node?: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/** Entries come a little behind what they tell of. */
const LATE_MS = 150;
const SHIFT_MS = 500;
const SHIFT_PX = 16;
const MOST_SHIFTS = 50;
/** A burst of shifts ends with a pause, or after a while (Core Web Vitals, CLS). */
const PAUSE_MS = 1000;
const BURST_MS = 5000;
/** Faster answers nobody feels. */
const SLOW_MS = 40;

export function watchVitals(scope: FactScope): void {
	const { onEntries, onPress, onTell, tell, numberOf, later, isFirst: buffered } = scope;
	let lcp: (PerformanceEntry & { element?: Node }) | undefined;
	let inp: PerformanceEventTiming | undefined;
	let [cls, burst, burstFrom, burstTo] = [0, 0, 0, 0];
	let toldCls = -1;
	let shifts: LayoutShift[] = [];

	const say = (
		name: "lcp" | "inp" | "cls" | "shift",
		value: number,
		node?: Node | null,
		...ago: number[]
	): void => {
		tell(FACT_VITAL, name, Math.round(value), numberOf(node) ?? -1, ...(ago as [number]));
	};
	if (buffered) {
		onEntries(
			"largest-contentful-paint",
			(entry) => {
				lcp = entry;
			},
			{ buffered },
		);
	}
	onEntries(
		"layout-shift",
		(entry) => {
			const shift = entry as LayoutShift;
			shifts = [...shifts.slice(1 - MOST_SHIFTS), shift];
			if (shift.hadRecentInput) return;
			const { startTime: at, value } = shift;
			if (at - burstTo >= PAUSE_MS || at - burstFrom >= BURST_MS) {
				burst = 0;
				burstFrom = at;
			}
			burst += value;
			burstTo = at;
			cls = Math.max(cls, burst);
		},
		{ buffered },
	);
	onEntries(
		"event",
		(entry) => {
			const event = entry as PerformanceEventTiming & { interactionId?: number };
			if (event.interactionId && event.duration > (inp?.duration ?? 0)) inp = event;
		},
		{ durationThreshold: SLOW_MS },
	);

	onPress.push((element) => {
		const at = performance.now();
		later(() => {
			let pixels = 0;
			for (const { startTime, sources } of shifts) {
				if (startTime > at || at - startTime > SHIFT_MS) continue;
				for (const { node, previousRect: from, currentRect: to } of sources ?? []) {
					if (!node || !(node.contains(element) || element.contains(node))) continue;
					pixels = Math.max(pixels, Math.hypot(to.x - from.x, to.y - from.y));
				}
			}
			if (pixels >= SHIFT_PX) say("shift", pixels, element);
		}, LATE_MS);
	});
	onTell.push((reason) => {
		if (lcp) say("lcp", lcp.startTime, lcp.element);
		if (inp) say("inp", inp.duration, inp.target, Math.round(performance.now() - inp.startTime));
		if (cls !== toldCls) say("cls", cls * 1000);
		[lcp, inp, toldCls] = [undefined, undefined, cls];
		if (reason === "navigation") [cls, burst, toldCls] = [0, 0, 0];
	});
}
