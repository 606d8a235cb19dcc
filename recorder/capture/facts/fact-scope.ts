// What a watcher of facts is given: the page's events and the parts of its stream. Everything it listens
// to ends with the stream, so no watcher has to clean up after itself.
import type { Fact } from "../../../protocol/fact.ts";
import type { Guard } from "../../guard.ts";
import type { Events } from "../../listen.ts";
import type { Elements } from "../elements.ts";

/** What stands behind the time and the view. */
type FieldsOf<F> = F extends [unknown, unknown, unknown, ...infer Fields] ? Fields : never;

export interface FactScope extends Elements {
	wrap: Guard["wrap"];
	/** Listens at the window, where everything passes; several types share a handler. */
	on<K extends keyof Events>(types: readonly K[], handler: (event: Events[K]) => void): void;
	/** Until the stream ends. */
	undo(stop: () => void): void;
	/** Takes performance entries of a type, where the browser has them. */
	onEntries(
		handle: (entry: PerformanceEntry) => void,
		options: PerformanceObserverInit & { durationThreshold?: number },
	): void;
	later(work: () => void, ms: number): void;
	/** In a pause of the page, at the latest a second later. */
	whenIdle(work: () => void): void;
	now(): number;
	/** Number of the page view that is current. */
	view(): number;
	emit(fact: Fact): void;
	/** Emits a fact of now and of the current page view. */
	tell<C extends Fact[0]>(code: C, ...fields: FieldsOf<Extract<Fact, { 0: C }>>): void;
	/** May one more of this kind be told in this page view? */
	allow(kind: number, most: number): boolean;
}

/** Why what has gathered is told: another page view, a page out of sight, the end of the document. */
export type TellReason = "navigation" | "hidden" | "unload";
export type Tell = (reason: TellReason) => void;
