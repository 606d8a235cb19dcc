// Requests of a stream: which of them a press asked for, and which go on by themselves or only count visitors.
import {
	FACT_PAGE,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SWIPE,
	type Fact,
	type PressFact,
	type RequestFact,
	type SwipeFact,
} from "../../protocol/fact.ts";
import { isEvenPace, type Mark } from "../response.ts";
import { siteOf } from "../site.ts";
import { ASK_MS, POLL_COUNT, PROMPT_MS } from "../thresholds.ts";
import { firstFrom } from "./first-from.ts";

export interface Requests {
	/** What the server was asked by whoever pressed at an instant: of an answer only the first request is told. */
	askedBy(at: number): Mark[];
	/** Began then what only counts visitors: soon over, and of another site? */
	isCounting(at: number): boolean;
}

/** What was asked for freely shortly before a press goes on by itself. */
const FREE_MS = 5000;

export function createRequests(facts: readonly Fact[], polled: ReadonlySet<string>): Requests {
	const requests: { at: number; url: string; isFree: boolean; isCounting: boolean }[] = [];
	const counting = new Set<number>();
	let [pressedAt, site] = [Number.NEGATIVE_INFINITY, ""];
	for (const fact of facts) {
		if (isPressing(fact)) pressedAt = fact[1];
		if (fact[0] === FACT_PAGE) site = siteOf(fact[3]);
		if (fact[0] !== FACT_REQUEST) continue;
		const [, at, , , url] = fact;
		const isCounting = isOfOther(fact, site) && fact[6] <= PROMPT_MS;
		if (isCounting) counting.add(at);
		requests.push({ at, url, isFree: at - pressedAt > ASK_MS, isCounting });
	}
	for (const { at, isCounting } of requests) if (!isCounting) counting.delete(at);
	const timeOf = ({ at }: { at: number }) => at;
	return {
		askedBy(at) {
			const marks: Mark[] = [];
			const goOn = new Set(polled);
			for (
				let index = firstFrom(requests, at - FREE_MS, timeOf);
				index < requests.length;
				index++
			) {
				const request = requests[index];
				if (request === undefined || request.at > at + ASK_MS) break;
				if (request.at < at && request.isFree) goOn.add(request.url);
				if (request.at < at || request.isCounting || goOn.has(request.url)) continue;
				marks.push({ afterMs: request.at - at, by: "request", isAsking: true });
			}
			return marks;
		},
		isCounting: (at) => counting.has(at),
	};
}

function isOfOther(fact: RequestFact, site: string): boolean {
	return site !== "" && siteOf(fact[4]) !== site;
}

/**
 * Addresses that are asked for at an even pace whatever the visitor does, and when. Some of it comes right behind
 * presses by chance; what comes behind presses alone is asked for by them, however even they are.
 */
export function findPolled(facts: readonly Fact[]): [ReadonlySet<string>, ReadonlySet<number>] {
	const addresses = new Map<string, { times: number[]; free: number }>();
	let pressedAt = Number.NEGATIVE_INFINITY;
	for (const fact of facts) {
		if (isPressing(fact)) pressedAt = fact[1];
		if (fact[0] !== FACT_REQUEST) continue;
		const address = addresses.get(fact[4]) ?? { times: [], free: 0 };
		addresses.set(fact[4], address);
		address.times.push(fact[1]);
		if (fact[1] - pressedAt > ASK_MS) address.free++;
	}
	const isPolled = ({ times, free }: { times: number[]; free: number }) =>
		free >= POLL_COUNT && isEvenPace(times);
	const polled = [...addresses].filter(([, address]) => isPolled(address));
	const asked = [...addresses.values()].filter((address) => !isPolled(address));
	const at = new Set(polled.flatMap(([, { times }]) => times));
	for (const time of asked.flatMap(({ times }) => times)) at.delete(time);
	return [new Set(polled.map(([url]) => url)), at];
}

export type Pressing = PressFact | SwipeFact;

export function isPressing(fact: Fact): fact is Pressing {
	return fact[0] === FACT_PRESS || fact[0] === FACT_SWIPE;
}
