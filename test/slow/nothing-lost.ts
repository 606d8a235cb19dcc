// The promise that every fault is held against: what was acknowledged is stored with its bytes, and is
// seen exactly once. Read once from the packs, and once as somebody who looks at the sessions sees it.
import { expect } from "vitest";
import type { ReplayEvent } from "../../protocol/api.ts";
import type { Store } from "../../server/store/store.ts";
import { findLosses, readStoredChunks } from "../server/read-packs.ts";
import {
	createRetryingRecorder,
	type RetryingRecorder,
	readNumbers,
} from "../server/retrying-recorder.ts";
import type { SeededRandom } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import type { KillableServer } from "./killable-server.ts";

const SEEN_MS = 120_000;

/** Browsers that send until they are told to finish, to any of the servers, and change pages now and then. */
export function startRecorders(
	count: number,
	servers: KillableServer | readonly KillableServer[],
	random: SeededRandom,
	pauseMs = 40,
): RetryingRecorder[] {
	const targets = [servers].flat();
	return Array.from({ length: count }, () =>
		createRetryingRecorder({
			endpoint: () => targets[random.below(targets.length)]?.endpoint ?? "",
			random: random.next,
			pauseMs,
			ballastBytes: 6000,
			pageChange: 0.1,
		}),
	);
}

export function countAcknowledged(recorders: readonly RetryingRecorder[]): number {
	return recorders.reduce((sum, recorder) => sum + recorder.acknowledged.size, 0);
}

/** Every recorder gets everything acknowledged. */
export async function finishAll(
	recorders: readonly RetryingRecorder[],
	timeoutMs?: number,
): Promise<void> {
	await Promise.all(recorders.map((recorder) => recorder.finish(timeoutMs)));
	expect(recorders.flatMap(({ refused }) => refused)).toEqual([]);
	const made = recorders.reduce((sum, recorder) => sum + recorder.made(), 0);
	expect(countAcknowledged(recorders)).toBe(made);
}

/** Reads every pack there is. The store must not be written meanwhile. */
export async function expectNothingLost(
	where: string,
	recorders: readonly RetryingRecorder[],
	store: Store,
): Promise<void> {
	const stored = await readStoredChunks(store);
	const copies = [...stored.copies.values()].reduce((sum, { length }) => sum + length, 0);
	console.log(
		`${where}: ${countAcknowledged(recorders)} chunks acknowledged, ${copies} copies in ${stored.packs} packs and ${stored.recordings} recordings`,
	);
	expect(stored.torn).toEqual([]);
	const acknowledged = recorders.flatMap((recorder) => [...recorder.acknowledged]);
	expect(findLosses(acknowledged, stored)).toEqual([]);
}

/** Looks at each session until it is whole; its chunks must then be there in order, each once. */
export async function expectSeenOnce(
	server: Pick<KillableServer, "siteId" | "get">,
	recorders: readonly RetryingRecorder[],
): Promise<void> {
	for (const { session, made } of recorders) {
		const path = `/sites/${server.siteId}/sessions/${session.session}/events`;
		let numbers: number[] = [];
		const isWhole = async () => {
			const answer = await server.get(path);
			if (answer.ok) numbers = readNumbers((await answer.json()) as ReplayEvent[]);
			return numbers.length >= made();
		};
		// Where it never is, the comparison below says what is missing.
		await waitFor(isWhole, { what: "a whole session", timeoutMs: SEEN_MS }).catch(() => {});
		expect([path, ...numbers]).toEqual([path, ...Array.from({ length: made() }, (_, at) => at)]);
	}
}
