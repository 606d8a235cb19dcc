import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { hedge } from "../../../server/store/hedge.ts";

/** Steps are far enough apart that a busy machine keeps their order. */
const PATIENCE = {
	requestMs: 800,
	hedgeMs: 240,
	requests: 3,
	pauseMs: 80,
	isHopeless: () => false,
};

type Answer = "ok" | "no" | "hopeless" | "silence" | { afterMs: number };

/** Answers the nth request by the nth word; counts requests, and those that were ended. */
function createStore(answers: readonly Answer[]) {
	const seen = { requests: 0, aborted: 0 };
	const send = async (signal: AbortSignal): Promise<string> => {
		const answer = answers[seen.requests++] ?? "ok";
		signal.addEventListener("abort", () => seen.aborted++);
		if (answer === "no" || answer === "hopeless") throw new Error(answer);
		if (answer === "ok") return "stored";
		await delay(answer === "silence" ? 60_000 : answer.afterMs, undefined, { signal });
		return "stored";
	};
	return { send, seen };
}

describe("a request", () => {
	const cases: [name: string, answers: Answer[], requests: number, outcome: string][] = [
		["goes out once where it is answered", ["ok"], 1, "stored"],
		["goes out again where it failed", ["no", "no", "ok"], 3, "stored"],
		["goes out three times and no more", ["no", "no", "no", "ok"], 3, "no"],
		["has a second one beside it where it is silent", ["silence", "ok"], 2, "stored"],
		["that was slow may still be first", [{ afterMs: 400 }, { afterMs: 640 }], 2, "stored"],
		["is waited for where its hedge fails", [{ afterMs: 560 }, "no", "silence"], 3, "stored"],
		["goes out a third time where both were silent", ["silence", "silence", "ok"], 3, "stored"],
		["is not repeated where that is hopeless", ["hopeless", "ok"], 1, "hopeless"],
	];
	test.each(cases)("%s", async (_, answers, requests, outcome) => {
		const { send, seen } = createStore(answers);
		const isHopeless = (cause: unknown) => cause instanceof Error && cause.message === "hopeless";
		const answer = await hedge(send, { ...PATIENCE, isHopeless }).catch((error) => error.message);
		expect([answer, seen.requests]).toEqual([outcome, requests]);
	});

	test("that nobody answers fails in a bounded time", async () => {
		const { send, seen } = createStore(["silence", "silence", "silence"]);
		const begin = performance.now();
		await expect(hedge(send, PATIENCE)).rejects.toThrow();
		expect(performance.now() - begin).toBeLessThan(8000);
		expect([seen.requests, seen.aborted]).toEqual([3, 3]);
	});

	test("ends with whoever asked for it, and all of its requests with it", async () => {
		const { send, seen } = createStore(["silence", "silence"]);
		const abort = new AbortController();
		const answer = hedge(send, { ...PATIENCE, requestMs: 60_000, signal: abort.signal });
		setTimeout(() => abort.abort(new Error("enough")), 480);
		await expect(answer).rejects.toThrow("enough");
		expect([seen.requests, seen.aborted]).toEqual([2, 2]);
	});

	test("is not begun where nobody waits any more", async () => {
		const { send, seen } = createStore([]);
		await expect(hedge(send, { ...PATIENCE, signal: AbortSignal.abort() })).rejects.toThrow();
		expect(seen.requests).toBe(0);
	});
});
