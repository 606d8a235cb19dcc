// Asks again quietly for something that may be seconds away, and gives up after a minute: then it is
// up to the person to ask.
import { useCallback, useEffect, useState } from "preact/hooks";
import { watchPoll } from "./poll.ts";

const EVERY_MS = 2000;
const PATIENCE_MS = 60_000;

export interface Patience {
	/** Whether it still asks by itself. */
	waiting: boolean;
	/** Asks now, and for another minute. */
	again(): void;
}

/**
 * @param wanted whether there is something to wait for
 * @param ask is called every 2 s while somebody looks; the first time after 2 s
 */
export function usePatience(wanted: boolean, ask: () => void): Patience {
	const [round, setRound] = useState(0);
	const [tiredOf, setTiredOf] = useState<number | undefined>(undefined);
	useEffect(() => {
		if (!wanted) return;
		let asked = 0;
		// What has just been answered needs no second question; one that was asked for does.
		const stop = watchPoll(async () => {
			if (asked++ > 0 || round > 0) ask();
		}, EVERY_MS);
		const timer = setTimeout(() => {
			stop();
			setTiredOf(round);
		}, PATIENCE_MS);
		return () => {
			clearTimeout(timer);
			stop();
		};
	}, [wanted, ask, round]);
	const again = useCallback(() => setRound((value) => value + 1), []);
	return { waiting: wanted && tiredOf !== round, again };
}
