// Sessions made by hand, for the tests of the detectors: facts as the recorder tells them, without the ones that a
// test is not about. Times are milliseconds from the start of the session.
import {
	type AnswerFact,
	FACT_ANSWER,
	FACT_DITHER,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VISIBLE,
	FACT_VITAL,
	type Fact,
	type FieldEnd,
	HINT_AWAY,
	HINT_DISABLED,
	HINT_MODIFIED,
	HINT_POINTER,
	type Layer,
	type LeaveKind,
	type PointerKind,
	type Reached,
	type Response,
	type SubmitOutcome,
	type SwipeFact,
} from "../../protocol/fact.ts";
import type { FactsOfStream } from "../../signals/normalise/streams.ts";

export const START = 1_795_000_000_000;
export const SHOP = "https://shop.example";

interface Thing {
	tag?: string;
	role?: string;
	text?: string;
	key?: string;
	link?: string;
	isRepeatable?: boolean;
}

interface Press {
	/** What it was answered with; false for no answer fact at all. */
	answer?: Response[] | false;
	watchedMs?: number;
	clicked?: 0 | 1;
	ambient?: number;
	pointer?: PointerKind;
	x?: number;
	y?: number;
	hoverMs?: number;
	isDisabled?: boolean;
	isModified?: boolean;
	hasHand?: boolean;
	isAway?: boolean;
	layer?: Layer;
	state?: string;
}

interface Field {
	end?: FieldEnd;
	focusMs?: number;
	firstInputMs?: number;
	edits?: number;
	deletions?: number;
	pastes?: number;
	emptied?: number;
	length?: 0 | 1 | 2 | 3;
	autofilled?: 0 | 1;
	invalid?: number;
	submits?: number;
	form?: number;
}

export type Made = ReturnType<typeof makeSession>;

/** A tab with one stream, or with another for each document that is loaded. */
export function makeSession(tab = "tab", start = START) {
	const streams: { stream: string; tab: string; facts: Fact[] }[] = [];
	let view = -1;
	let numbers = 0;
	const facts = () => streams.at(-1)?.facts ?? [];
	const tell = (fact: Fact) => void facts().push(fact);
	const begin = () => {
		streams.push({ stream: `${tab}-${streams.length}`, tab, facts: [] });
		[view, numbers] = [-1, 0];
	};

	const made = {
		parts: streams as readonly FactsOfStream[],
		page(at: number, path = "/", reached: Reached = "load") {
			if (streams.length === 0 || reached === "load" || reached === "reload") begin();
			view++;
			tell([FACT_PAGE, start + at, view, `${SHOP}${path}`, "", reached, 1280, 2000, 1280, 800]);
			return made;
		},
		/** Back to a document that is loaded again. */
		back(at: number, path = "/") {
			begin();
			view++;
			tell([FACT_PAGE, start + at, view, `${SHOP}${path}`, "", "history", 1280, 2000, 1280, 800]);
			return made;
		},
		/** @returns its number */
		element(thing: Thing = {}): number {
			const { tag = "button", role = tag === "a" ? "link" : tag, text = "Apply coupon" } = thing;
			const number = numbers++;
			const { key = `element-${number}`, link, isRepeatable = false } = thing;
			tell([
				...([FACT_ELEMENT, start, number] as const),
				[
					["test", key.includes("=") ? key : `data-qa=${key}`],
					...(link === undefined ? [] : [["link", link] as const]),
				].map(([kind, value]) => [kind, value] as ["test" | "link", string]),
				...([tag, tag === "div" || tag === "p" ? "" : role, text, isRepeatable ? 1 : 0] as const),
			]);
			return number;
		},
		press(at: number, element: number, press: Press = {}) {
			const { answer = [], watchedMs = 7000, clicked = 1, ambient = 0, pointer = "mouse" } = press;
			const { x = 100, y = 100, hoverMs = -1, state = "" } = press;
			const hints =
				(press.isDisabled ? HINT_DISABLED : 0) |
				(press.isModified ? HINT_MODIFIED : 0) |
				(press.hasHand ? HINT_POINTER : 0) |
				(press.isAway ? HINT_AWAY : 0);
			tell([
				...([FACT_PRESS, start + at, view, element, 16000, 16000, x, y] as const),
				...(["flow", pointer, 1280, 800, hoverMs, -1, hints, state] as const),
			]);
			if (answer === false) return made;
			const told: AnswerFact = [
				...([FACT_ANSWER, start + at + watchedMs, view, element, start + at] as const),
				...([clicked, watchedMs, ambient, answer] as const),
			];
			tell(told);
			return made;
		},
		field(at: number, element: number, field: Field = {}) {
			const { end = "blur", focusMs = 3000, firstInputMs = 500, edits = 8, length = 2 } = field;
			const { deletions = 0, pastes = 0, emptied = 0, autofilled = 0 } = field;
			const { invalid = 0, submits = 0, form } = field;
			tell([
				...([FACT_FIELD, start + at, view, element, end, focusMs, firstInputMs, edits] as const),
				...([deletions, pastes, emptied, length, autofilled, invalid, submits] as const),
				...((form === undefined ? [] : [form]) as [number]),
			]);
			return made;
		},
		submit(at: number, element: number, outcome: SubmitOutcome, outcomeMs = 0) {
			const invalid = outcome === "invalid" ? 1 : 0;
			tell([FACT_SUBMIT, start + at, view, element, 1, 0, invalid, outcome, outcomeMs]);
			return made;
		},
		error(at: number, { fingerprint = "x1", message = "it broke", url = `${SHOP}/app.js` } = {}) {
			tell([FACT_ERROR, start + at, view, "error", fingerprint, message, url]);
			return made;
		},
		request(at: number, path: string, status = 200, ms = 80) {
			const url = path.startsWith("/") ? `${SHOP}${path}` : path;
			tell([FACT_REQUEST, start + at, view, "fetch", url, status, ms]);
			return made;
		},
		leave(at: number, how: LeaveKind, scale?: number) {
			tell([FACT_LEAVE, start + at, view, how, ...(scale === undefined ? [] : [scale])] as Fact);
			return made;
		},
		visible(at: number, visible: 0 | 1) {
			tell([FACT_VISIBLE, start + at, visible]);
			return made;
		},
		media(at: number, element: number) {
			tell([FACT_MEDIA, start + at, view, element, 1]);
			return made;
		},
		move(at: number, worst: number, worstAt = at) {
			tell([FACT_MOVE, start + at, view, worst, worst, start + worstAt, []]);
			return made;
		},
		swipe(at: number, element: number, dragX: number, press: Press = {}) {
			const { answer = [], watchedMs = 7000, x = 100, y = 100, layer = "flow" } = press;
			const fact: SwipeFact = [
				...([FACT_SWIPE, start + at, view, element, 16000, 16000, x, y] as const),
				...([layer, "touch", 390, 800, -1, -1, 0, "", dragX] as const),
			];
			tell(fact);
			if (answer === false) return made;
			const told: AnswerFact = [
				...([FACT_ANSWER, start + at + watchedMs, view, element, start + at] as const),
				...([0, watchedMs, 0, answer] as const),
			];
			tell(told);
			return made;
		},
		dither(at: number, element: number, withinMs = 9000) {
			tell([FACT_DITHER, start + at, view, element, 3, withinMs]);
			return made;
		},
		scroll(at: number, worst: number, agoMs = 0, reversals = worst) {
			tell([FACT_SCROLL, start + at, view, 4000, 6000, reversals, [], worst, agoMs]);
			return made;
		},
		vital(at: number, name: "inp" | "shift", value: number, element: number, agoMs?: number) {
			const ago = (agoMs === undefined ? [] : [agoMs]) as [number];
			tell([FACT_VITAL, start + at, view, name, value, element, ...ago]);
			return made;
		},
	};
	return made;
}
