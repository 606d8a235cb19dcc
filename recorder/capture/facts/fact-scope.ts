// What a watcher of facts is given: the page's events and the parts of its stream. Everything it listens
// to ends with the stream, so no watcher has to clean up after itself.
import type { Fact, PressFact, SwipeFact } from "../../../protocol/fact.ts";
import type { Guard } from "../../guard.ts";
import type { Events, Listen } from "../../listen.ts";
import { startTimer } from "../../native.ts";
import { whenIdle } from "../../when-idle.ts";
import { createElements, type Elements } from "../elements.ts";
import type { Place } from "../page.ts";

export interface FactsOptions {
	guard: Guard;
	listen: Listen;
	now: () => number;
	/** The page view that is current. */
	current: Place;
	emit: (fact: Fact) => void;
	/** Requests that are not the page's. */
	isOurs: (url: string) => boolean;
	/** No stream of this document was before. */
	isFirst: boolean;
	/** Is what happened before the recorder was there told now? */
	isLate: () => boolean;
}

/** What stands behind the time and the view. */
type FieldsOf<F> = F extends [unknown, unknown, unknown, ...infer Fields] ? Fields : never;
type Handlers = { [K in keyof Events]?: (event: Events[K]) => void };
type TakeEntry = (entry: PerformanceEntry) => void;

export interface FactScope extends FactsOptions, Elements {
	/** Listens at the window, where everything passes. */
	on(handlers: Handlers): void;
	/** Takes performance entries of a type, where the browser has them. */
	onEntries(
		type: string,
		take: TakeEntry,
		options?: { buffered?: boolean; durationThreshold?: number },
	): void;
	/** What hears of a press once it is a fact. */
	onPress: ((element: Element, fact: PressFact | SwipeFact) => void)[];
	/** What has something gathered. */
	onTell: Tell[];
	/** What is done at the end of the stream. */
	onStop: (() => void)[];
	/** Number of the page view that is current. */
	view: () => number;
	/** When the visitor last gave a sign of life. */
	seenAt: number;
	later(work: () => void, ms: number): void;
	/** In a pause of the page, at the latest a second later. */
	whenIdle(work: () => void): void;
	/** Emits a fact of now and of the current page view. */
	tell<C extends Fact[0]>(code: C, ...fields: FieldsOf<Extract<Fact, { 0: C }>>): void;
	/** May one more of this kind be told in this page view? */
	allow(kind: number, most: number): boolean;
}

/** Why what has gathered is told: another page view, a page out of sight, the end of the document, of the stream. */
export type TellReason = "navigation" | "hidden" | "unload" | "end";
export type Tell = (reason: TellReason) => void;

const IDLE_MS = 1000;

export function createFactScope(options: FactsOptions): FactScope {
	const { guard, listen, now, current, emit } = options;
	const view = () => current.view;
	let isStopped = false;
	let counts: Record<number, number> = {};
	const takers: Record<string, TakeEntry> = {};
	let observer: PerformanceObserver | undefined;

	const onStop = [
		() => {
			isStopped = true;
			observer?.disconnect();
		},
	];
	const wrapped = (work: () => void) =>
		guard.wrap(() => {
			if (!isStopped) work();
		});
	return {
		...options,
		...createElements(now, emit),
		on(handlers) {
			for (const [type, handler] of Object.entries(handlers)) {
				// The type of the event follows from its name, which a list of entries has lost.
				onStop.push(listen(window, type as keyof Events, handler as (event: Event) => void));
			}
		},
		onEntries(type, take, entryOptions) {
			if (!window.PerformanceObserver?.supportedEntryTypes?.includes(type)) return;
			takers[type] = take;
			observer ??= new PerformanceObserver(
				guard.wrap((list) => {
					for (const entry of list.getEntries()) takers[entry.entryType]?.(entry);
				}),
			);
			observer.observe({ type, ...entryOptions });
		},
		onPress: [],
		onTell: [
			(reason) => {
				if (reason === "navigation") counts = {};
			},
		],
		onStop,
		view,
		seenAt: now(),
		later: (work, ms) => void startTimer(wrapped(work), ms),
		whenIdle: (work) => whenIdle(wrapped(work), IDLE_MS),
		tell: (code, ...fields) => emit([code, now(), view(), ...fields] as unknown as Fact),
		allow(kind, most) {
			counts[kind] = (counts[kind] ?? 0) + 1;
			return counts[kind] <= most;
		},
	};
}
