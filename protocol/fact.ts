// Facts: small rows about what happened, sent for every session. On the wire a fact is a labelled
// tuple; codes are append-only, new fields come only at the end and are optional. `parse-facts.ts` reads
// what came, `README.md` in this folder is the format document. Every fact has its time second and, where
// it belongs to a page view, that third; an element, where it is about one, is fourth.
import type { ElementCandidate } from "./element-key.ts";

/** How a page view was reached. */
export type Reached = "load" | "reload" | "history" | "push" | "replace";
/** What a pressed element is laid out in: it decides where a map draws it. */
export type Layer = "flow" | "fixed" | "scroller" | "dialog" | "frame";
export type PointerKind = "mouse" | "touch" | "pen" | "key";
export type LeaveKind = "unload" | "copy" | "print" | "download" | "open" | "zoom" | "reload";

export const FACT_PAGE = 1;
export const FACT_PRESS = 2;
export const FACT_ELEMENT = 3;
export const FACT_VISIBLE = 4;
export const FACT_LEAVE = 5;
export const FACT_ANSWER = 6;
export const FACT_FIELD = 7;
export const FACT_SUBMIT = 8;
export const FACT_SCROLL = 9;
export const FACT_MOVE = 10;
export const FACT_EXPOSED = 11;
export const FACT_ERROR = 12;
export const FACT_REQUEST = 13;
export const FACT_VITAL = 14;
export const FACT_MEDIA = 15;
export const FACT_CUSTOM = 16;
export const FACT_IDENTIFY = 17;
export const FACT_VARIANT = 18;
export const FACT_CONSENT = 19;
export const FACT_ASSETS = 20;
export const FACT_PATTERN = 21;
export const FACT_DITHER = 22;
export const FACT_SWIPE = 23;

/** Bits of `PressFact` hints. */
export const HINT_DISABLED = 1;
export const HINT_REPEATABLE = 2;
/** A key was held that makes a press mean something else (a new tab, a download). */
export const HINT_MODIFIED = 4;
/** The pointer over it looks as it does over what can be pressed. */
export const HINT_POINTER = 8;
/** It leads to another program, or to a file that a browser saves: the page need not change. */
export const HINT_AWAY = 16;
/** In a shadow tree, which shows as its host: what was pressed there is a control. */
export const HINT_CONTROL = 32;

/** `view` counts the page views of a stream from 0. Sizes are CSS pixels. */
export type PageFact = [
	code: typeof FACT_PAGE,
	at: number,
	view: number,
	url: string,
	title: string,
	reached: Reached,
	documentWidth: number,
	documentHeight: number,
	viewportWidth: number,
	viewportHeight: number,
];

/**
 * `element` is the number an element fact defines. `x`, `y` run from 0 to RELATIVE_MAX over the
 * element's border box; document positions are CSS pixels. `hoverMs` is how long the pointer was over
 * the element before, `approachMs` how long it had been moving without a pause; -1 is not known. A finger does
 * not hover: there `hoverMs` runs from the visitor's last sign of life.
 * `state` is a signature of what is open on the page (menus, dialogs), "" for nothing.
 */
export type PressFact = [
	code: typeof FACT_PRESS,
	at: number,
	view: number,
	element: number,
	x: number,
	y: number,
	documentX: number,
	documentY: number,
	layer: Layer,
	pointer: PointerKind,
	viewportWidth: number,
	viewportHeight: number,
	hoverMs: number,
	approachMs: number,
	hints: number,
	state: string,
];

/** A finger that was drawn sideways, as a press that ended `dragX` pixels to the right of where it began. */
export type SwipeFact = [
	code: typeof FACT_SWIPE,
	...press: PressFact extends [unknown, ...infer Rest] ? Rest : never,
	dragX: number,
];

/** Defines `element` for the rest of its stream. `text` went through the text rule. */
export type ElementFact = [
	code: typeof FACT_ELEMENT,
	at: number,
	element: number,
	candidates: ElementCandidate[],
	tag: string,
	role: string,
	text: string,
	repeatable: 0 | 1,
];

export type VisibleFact = [code: typeof FACT_VISIBLE, at: number, visible: 0 | 1];
/** `scale` is the visual viewport's in percent, where `how` is `zoom`. */
export type LeaveFact = [
	code: typeof FACT_LEAVE,
	at: number,
	view: number,
	how: LeaveKind,
	scale?: number,
];

/** What may have been the page's response to a press. `unload` is the end of the document. */
export type ResponseKind =
	| ("mutation" | "style" | "toggle" | "scroll" | "input" | "focus" | "selection")
	| ("navigation" | "unload" | "request" | "hidden");
/**
 * Where it was, seen from the pressed widget: in it, in one of its three nearest ancestors, in what its
 * `aria-controls` names, or anywhere else.
 */
export type Relation = "inside" | "near" | "controls" | "elsewhere";
/** `delayMs` is from the down. */
export type Response = [kind: ResponseKind, delayMs: number, relation: Relation];

/**
 * Evidence, no verdict. `press` is the time of the press fact. `clicked`: a click came of it.
 * `watchedMs` is how long the page was looked at from the down on, less where it went away before.
 * `ambient` counts changes that the page would have made anyway. `responses` holds the first of each
 * kind and relation. The last answer of a press holds: a request that is over late is told by another.
 */
export type AnswerFact = [
	code: typeof FACT_ANSWER,
	at: number,
	view: number,
	element: number,
	press: number,
	clicked: 0 | 1,
	watchedMs: number,
	ambient: number,
	responses: Response[],
];

/** 0 for empty, 1 for 1-5 characters, 2 for 6-10, 3 for more. */
export type LengthBucket = 0 | 1 | 2 | 3;
export type FieldEnd = "blur" | "submit" | "hide";

/**
 * What was done in a form control since it was last told; several facts of one add up. `focusMs` is how
 * long it had the focus; `firstInputMs` runs from the focus to the first input, -1 for none. `emptied`
 * counts how often nothing was left. `invalid` and `submits` count refusals by the browser and attempts
 * to send its form, which is the element `form`.
 */
export type FieldFact = [
	code: typeof FACT_FIELD,
	at: number,
	view: number,
	element: number,
	end: FieldEnd,
	focusMs: number,
	firstInputMs: number,
	edits: number,
	deletions: number,
	pastes: number,
	emptied: number,
	length: LengthBucket,
	autofilled: 0 | 1,
	invalid: number,
	submits: number,
	form?: number,
];

/** What came of an attempt to send a form; `none` where the form stood there some seconds later. */
export type SubmitOutcome = "invalid" | "navigation" | "unload" | "gone" | "none";

/** `at` is the attempt, `tried` its number in the page view, `outcomeMs` how long the outcome took. */
export type SubmitFact = [
	code: typeof FACT_SUBMIT,
	at: number,
	view: number,
	element: number,
	tried: number,
	prevented: 0 | 1,
	invalid: number,
	outcome: SubmitOutcome,
	outcomeMs: number,
];

/**
 * Since it was last told. `reach` is the lowest pixel of the document that was on the screen, `height`
 * the document's then (0 where it was never scrolled). `attention` are milliseconds per screen-height
 * band of the document, from the top. A reversal is a turn after at least 300 pixels or half a screen;
 * `worst` is the most of them within ten seconds, the last of them `worstAgoMs` ago.
 */
export type ScrollFact = [
	code: typeof FACT_SCROLL,
	at: number,
	view: number,
	reach: number,
	height: number,
	reversals: number,
	attention: number[],
	worst?: number,
	worstAgoMs?: number,
];

/**
 * Since it was last told, of a pointer that hovers. A reversal is a turn of more than 120° after a step
 * of at least 25 pixels; `worst` is the most of them within 2.5 seconds, which ended at `worstAt`
 * (0 for never). `dwell` is column, row, milliseconds of cells of 50 × 50 pixels of the document, flat.
 */
export type MoveFact = [
	code: typeof FACT_MOVE,
	at: number,
	view: number,
	reversals: number,
	worst: number,
	worstAt: number,
	dwell: number[],
];

/** Seen to at least a half for at least 150 ms, for the first time in the page view. */
export type ExposedFact = [code: typeof FACT_EXPOSED, at: number, view: number, elements: number[]];

export type ErrorSource = "error" | "rejection" | "resource";
/** `message` by the text rule, `url` the clean one of the first stack frame or of the resource. */
export type ErrorFact = [
	code: typeof FACT_ERROR,
	at: number,
	view: number,
	source: ErrorSource,
	fingerprint: string,
	message: string,
	url: string,
];

/** `at` is its start. `status` 0 is not known. */
export type RequestFact = [
	code: typeof FACT_REQUEST,
	at: number,
	view: number,
	initiator: "fetch" | "xmlhttprequest",
	url: string,
	status: number,
	ms: number,
];

/**
 * `lcp` and `inp` in ms, `cls` in thousandths, `shift` in pixels by which a pressed element had moved in
 * the half second before. `element`, -1 for none, is what it is about. `inp` began `agoMs` ago.
 */
export type VitalFact = [
	code: typeof FACT_VITAL,
	at: number,
	view: number,
	name: "lcp" | "inp" | "cls" | "shift",
	value: number,
	element: number,
	agoMs?: number,
];

export type MediaFact = [
	code: typeof FACT_MEDIA,
	at: number,
	view: number,
	element: number,
	playing: 0 | 1,
];

/** Strings by the text rule. */
export type Property = [name: string, value: string | number | boolean];

export type CustomFact = [
	code: typeof FACT_CUSTOM,
	at: number,
	view: number,
	name: string,
	properties: Property[],
];
/** `id` as the site gave it. */
export type IdentifyFact = [
	code: typeof FACT_IDENTIFY,
	at: number,
	view: number,
	id: string,
	traits: Property[],
];
export type VariantFact = [
	code: typeof FACT_VARIANT,
	at: number,
	view: number,
	experiment: string,
	arm: string,
];
export type ConsentFact = [code: typeof FACT_CONSENT, at: number, view: number, granted: 0 | 1];

/**
 * What the page had under the names of files (`asset.ts`, without `snag:`): name, SHA-256 in hex, name, …
 * `sheets` are style sheets, `files` pictures and fonts.
 */
export type AssetsFact = [code: typeof FACT_ASSETS, at: number, sheets: string[], files: string[]];

/**
 * The page view is one of this page, whatever its URL says. A fact of its own, because a page fact that came
 * again would be a second page view; the envelopes of later chunks repeat it.
 */
export type PatternFact = [code: typeof FACT_PATTERN, at: number, view: number, pattern: string];

/**
 * A pointer came to rest on a widget for the third time, and went away without a press: each time for at least 200 ms,
 * with at least 300 ms between, within `withinMs` until now.
 */
export type DitherFact = [
	code: typeof FACT_DITHER,
	at: number,
	view: number,
	element: number,
	entries: number,
	withinMs: number,
];

export type Fact =
	| (PageFact | PressFact | ElementFact | VisibleFact | LeaveFact | AnswerFact | FieldFact)
	| (SubmitFact | ScrollFact | MoveFact | ExposedFact | ErrorFact | RequestFact | VitalFact)
	| (MediaFact | CustomFact | IdentifyFact | VariantFact | ConsentFact | AssetsFact)
	| (PatternFact | DitherFact | SwipeFact);
