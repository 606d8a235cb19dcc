// What the detectors read: one stream of a session's doings in the order of time, in words instead of tuples,
// each with the page view and the element that it is about. Facts suffice for all of it, so that sessions without
// a replay are judged like those with one.
import type {
	FieldFact,
	LeaveKind,
	PointerKind,
	Reached,
	ResponseKind,
	SubmitOutcome,
	VitalFact,
} from "../protocol/fact.ts";

/** A page view. One object for all that was observed in it. */
export interface View {
	stream: string;
	tab: string;
	number: number;
	/** Clean URL and the page that it is one of; "" where the page fact is lost. */
	url: string;
	page: string;
	reached: Reached;
	from: number;
	/** When the next began in its tab, else the last that its visitor did there. */
	to: number;
	/** The tab showed no other behind it. */
	isLast: boolean;
}

/** An element as its stream defined it. */
export interface Target {
	number: number;
	key: string;
	tag: string;
	role: string;
	text: string;
	isRepeatable: boolean;
	/** Where a link leads, as far as its key says. */
	link: string;
}

/** What a press was answered with, as `response.ts` reads it. */
export interface Answer {
	/** False where facts cannot tell: nothing was watched, or such elements answer in ways of their own. */
	isJudged: boolean;
	isClicked: boolean;
	watchedMs: number;
	/** The first visible response that belongs to the press; -1 for none. */
	afterMs: number;
	by: ResponseKind | LeaveKind | "media" | "submit" | "";
	/** When the server was asked because of it; -1 for never. */
	askedMs: number;
	/** Text was selected by it. */
	isSelecting: boolean;
	ambient: number;
}

interface Common {
	at: number;
	view: View;
}

export interface PressSeen extends Common {
	kind: "press";
	element: Target;
	pointer: PointerKind;
	x: number;
	y: number;
	/** -1 is not known. */
	hoverMs: number;
	isDisabled: boolean;
	isModified: boolean;
	/** It looks as if it could be pressed: the pointer is a hand there, or in a shadow tree a control was hit. */
	hasHand: boolean;
	/** What was open on the page. */
	state: string;
	answer: Answer;
}

/** A finger that was drawn sideways. */
export interface SwipeSeen extends Common {
	kind: "swipe";
	element: Target;
	x: number;
	y: number;
	/** CSS px to the right. */
	dragX: number;
	/** Near the edge of the screen, where browsers go back, or in a part that scrolls by itself. */
	isOfBrowser: boolean;
	answer: Answer;
}

/** Stays of the pointer on one element, without a press. */
export interface DitherSeen extends Common {
	kind: "dither";
	element: Target;
	entries: number;
	withinMs: number;
}

export interface ScrollSeen extends Common {
	kind: "scroll";
	reversals: number;
	/** The most turns within the window of the fact, and when it ended. */
	worst: number;
	worstAt: number;
}

export interface PageSeen extends Common {
	kind: "page";
}

export interface FieldSeen extends Common {
	kind: "field";
	element: Target;
	end: FieldFact[4];
	focusMs: number;
	/** -1 for none. */
	firstInputMs: number;
	edits: number;
	deletions: number;
	pastes: number;
	emptied: number;
	length: number;
	isAutofilled: boolean;
	invalid: number;
	submits: number;
	/** The form that it belongs to, where that is told. */
	form: Target | undefined;
}

export interface SubmitSeen extends Common {
	kind: "submit";
	element: Target;
	outcome: SubmitOutcome;
	outcomeMs: number;
	invalid: number;
}

export interface ErrorSeen extends Common {
	kind: "error";
	source: string;
	fingerprint: string;
	message: string;
	url: string;
}

export interface RequestSeen extends Common {
	kind: "request";
	url: string;
	status: number;
	ms: number;
	/** It is made at an even pace whatever the visitor does. */
	isPolled: boolean;
}

export interface MoveSeen extends Common {
	kind: "move";
	/** The most turns within the window of the fact, and when it ended. */
	worst: number;
	worstAt: number;
}

export interface VitalSeen extends Common {
	kind: "vital";
	name: VitalFact[3];
	value: number;
	element: Target | undefined;
	/** When it began, -1 where that is not told. */
	beganAt: number;
}

export interface LeaveSeen extends Common {
	kind: "leave";
	how: LeaveKind;
	/** Percent, where it is a zoom. */
	scale: number;
}

export interface VisibleSeen extends Common {
	kind: "visible";
	isVisible: boolean;
}

export interface MediaSeen extends Common {
	kind: "media";
}

export type Observation =
	| (PressSeen | PageSeen | FieldSeen | SubmitSeen | ErrorSeen | RequestSeen)
	| (MoveSeen | VitalSeen | LeaveSeen | VisibleSeen | MediaSeen)
	| (SwipeSeen | DitherSeen | ScrollSeen);

/** The stream by kind, each in the order of time. */
export type Seen = {
	[K in Observation["kind"]]: Extract<Observation, { kind: K }>[];
};

export function sortOut(observations: readonly Observation[]): Seen {
	const seen: Seen = {
		...{ press: [], page: [], field: [], submit: [], error: [], request: [] },
		...{ move: [], vital: [], leave: [], visible: [], media: [] },
		...{ swipe: [], dither: [], scroll: [] },
	};
	for (const one of observations) (seen[one.kind] as Observation[]).push(one);
	return seen;
}
