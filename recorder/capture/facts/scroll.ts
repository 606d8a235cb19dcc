// How far down a page view got and where in the document the time went. Positions are read while the
// visitor scrolls, when the browser knows them, and at no other time.
import { FACT_SCROLL } from "../../../protocol/fact.ts";
import { SCROLL_BANDS } from "../../../protocol/limits.ts";
import type { FactScope } from "./fact-scope.ts";

const EVERY_MS = 100;
/** Longer without a sign of life, and somebody is away. */
const IDLE_MS = 30_000;
const LEG_PX = 300;
/** So many reversals within this are what hunting is. */
const WINDOW_MS = 10_000;

/**
 * @returns what is told of each sign of life: the time since the last one was spent on what was on the
 * screen. It gives where the document is scrolled to, as far as is known.
 */
export function watchScroll(scope: FactScope): (at: number) => number {
	const { on, onPress, onTell, now, tell } = scope;
	let [top, height, screen] = [0, 0, 0];
	let [reach, reversals, direction, turn] = [0, 0, 0, 0];
	let turns: number[] = [];
	let [worst, worstAt] = [0, 0];
	let attention: number[] = [];
	let activeAt = now();
	let isAway = false;
	let readAt = 0;

	const spend = (at: number): void => {
		if (isAway) return;
		const band = Math.min(SCROLL_BANDS - 1, screen && Math.round(top / screen));
		while (attention.length <= band) attention.push(0);
		attention[band] = (attention[band] ?? 0) + Math.min(at - activeAt, IDLE_MS);
		activeAt = at;
	};
	const onActivity = (at: number): number => {
		scope.seenAt = at;
		spend(at);
		return top;
	};
	const read = (): void => {
		top = Math.max(0, Math.round(scrollY));
		screen = innerHeight;
		height = document.documentElement.scrollHeight;
		reach = Math.max(reach, top + screen);
		const leg = top - turn;
		if (leg * direction <= 0) {
			if (Math.abs(leg) < Math.min(LEG_PX, screen / 2)) return;
			if (direction !== 0) {
				reversals++;
				turns = [...turns.filter((at) => readAt - at < WINDOW_MS), readAt];
				if (turns.length > worst) [worst, worstAt] = [turns.length, readAt];
			}
			direction = Math.sign(leg);
		}
		turn = top;
	};

	on({
		scroll({ target }) {
			const at = now();
			if (target !== document || at - readAt < EVERY_MS) return;
			readAt = at;
			onActivity(at);
			read();
		},
		// The last position, which the pace may have left out.
		scrollend({ target }) {
			if (target === document) read();
		},
		visibilitychange() {
			if (document.hidden) return;
			activeAt = now();
			isAway = false;
		},
	});
	onPress.push(() => onActivity(now()));
	onTell.push((reason) => {
		spend(now());
		isAway = reason === "hidden";
		if (attention.length === 0) return;
		tell(FACT_SCROLL, reach, height, reversals, attention, worst, worst && now() - worstAt);
		[reversals, worst] = [0, 0];
		attention = [];
		if (reason === "navigation") [reach, direction, turn, turns] = [0, 0, top, []];
	});
	return onActivity;
}
