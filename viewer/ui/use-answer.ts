// One question to the server as a state of the screen: waiting, answered or failed, and asked again on
// demand or by itself when the failure is one that passes.
import { useCallback, useLayoutEffect, useState } from "preact/hooks";
import type { ApiError, Result } from "../api.ts";
import { isPassing, RETRY_MS } from "./is-passing.ts";

export type AnswerState<T> =
	| { state: "waiting" }
	| { state: "answered"; value: T }
	| { state: "failed"; error: ApiError };

/**
 * @param ask what to ask; a new function (see `useCallback`) asks anew
 * @returns the state, and a function that asks again
 */
export function useAnswer<T>(
	ask: (signal: AbortSignal) => Promise<Result<T>>,
): [AnswerState<T>, () => void] {
	const [answer, setAnswer] = useState<AnswerState<T>>({ state: "waiting" });
	const [round, setRound] = useState(0);
	const again = useCallback(() => setRound((value) => value + 1), []);
	// Not behind the next paint: the answer takes longer than that.
	useLayoutEffect(() => {
		const stop = new AbortController();
		let timer: ReturnType<typeof setTimeout> | undefined;
		ask(stop.signal).then((result) => {
			if (stop.signal.aborted) return;
			if (result.ok) return setAnswer({ state: "answered", value: result.value });
			setAnswer({ state: "failed", error: result.error });
			if (isPassing(result.error)) timer = setTimeout(again, RETRY_MS);
		});
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [ask, round, again]);
	return [answer, again];
}
