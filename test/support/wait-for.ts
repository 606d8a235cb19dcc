// The only way a test waits: for a condition, with a deadline, and with an error that says what
// was awaited and what was there instead. vitest's `expect.poll` does the same for assertions but
// exists only inside a test; set-up code and child processes need it outside of one.
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";

const POLL_MS = 20;
const NOT_YET = Symbol("not yet");

export interface WaitOptions {
	/** Completes the sentence "waited 5000 ms for …". */
	what: string;
	timeoutMs?: number;
	/** Ends the wait at once with the signal's reason, e.g. because the awaited process died. */
	signal?: AbortSignal;
}

/** What is left of a type when its falsy values are taken away. */
type Met<T> = Exclude<T, false | 0 | "" | null | undefined>;

/**
 * Polls until `condition` gives a truthy value and returns that value. A condition that throws is
 * not met yet. Throws when `timeoutMs` (default 20 s) have passed, also while the condition hangs.
 */
export async function waitFor<T>(
	condition: () => T | Promise<T>,
	{ what, timeoutMs = 20_000, signal }: WaitOptions,
): Promise<Met<T>> {
	const deadline = performance.now() + timeoutMs;
	let last: unknown = NOT_YET;
	while (performance.now() < deadline) {
		signal?.throwIfAborted();
		const left = deadline - performance.now();
		const value = await withinTime(attempt(condition), left);
		if (value === NOT_YET) break;
		last = value;
		if (value && !(value instanceof Failure)) return value as Met<T>;
		await delay(POLL_MS);
	}
	signal?.throwIfAborted();
	throw new Error(`waited ${timeoutMs} ms for ${what}; ${describeLast(last)}`);
}

class Failure {
	readonly reason: unknown;
	constructor(reason: unknown) {
		this.reason = reason;
	}
}

async function attempt<T>(condition: () => T | Promise<T>): Promise<T | Failure> {
	try {
		return await condition();
	} catch (error) {
		return new Failure(error);
	}
}

async function withinTime<T>(value: Promise<T>, ms: number): Promise<T | typeof NOT_YET> {
	const timer = new AbortController();
	try {
		return await Promise.race([value, delay(ms, NOT_YET, { signal: timer.signal })]);
	} finally {
		timer.abort();
	}
}

function describeLast(last: unknown): string {
	if (last === NOT_YET) return "the condition never gave an answer";
	if (last instanceof Failure) return `it last threw ${String(last.reason)}`;
	return `the last value was ${inspect(last, { breakLength: Number.POSITIVE_INFINITY })}`;
}
