// The proof that erased means gone: a visitor whose every text carries a canary visits, is erased, and the
// canary is looked for in everything that is stored anywhere.
import { expect } from "vitest";
import type { Erasure, Erasures, Sessions } from "../../../protocol/api.ts";
import type { Fact } from "../../../protocol/fact.ts";
import type { Store } from "../../../server/store/store.ts";
import { findText } from "../../journeys/search-stored.ts";
import { waitFor } from "../../support/wait-for.ts";
import {
	createElementFact,
	createPressFact,
	createSampleChunk,
	createSampleSnapshot,
	type SampleSession,
} from "../sample-chunk.ts";
import type { TestServer } from "../start-server.ts";
import { readFileTexts, readObjectTexts } from "./stored-bytes.ts";

export const CANARY = "kanarienvogel";

/** A visit of a few chunks; with a canary in URL, title, labels, events, referrer and user agent. */
export async function visit(
	server: TestServer,
	session: SampleSession,
	word: string,
): Promise<void> {
	const url = `http://shop.example/${word}`;
	const facts: Fact[] = [
		[1, session.startedAt + 2, 0, url, `Title ${word}`, "load", 1280, 2000, 1280, 800],
		createElementFact(session, [["id", word]]),
		createPressFact(session),
	];
	const snapshot = JSON.parse(
		JSON.stringify(createSampleSnapshot(session)).replaceAll("Buy", `Buy ${word}`),
	) as object[];
	const move = { type: 3, timestamp: session.startedAt + 900, data: { source: 99, text: word } };
	const envelope = {
		url,
		referrer: `http://${word}.example/`,
		language: word.slice(0, 20),
	};
	const chunks = [
		createSampleChunk(session, { facts, events: snapshot, envelope }),
		createSampleChunk(session, { sequence: 1, events: [move], encoding: "raw", envelope }),
	];
	const answers = await Promise.all(
		chunks.map((chunk) =>
			fetch(`${server.url}/i/${server.siteKey}`, {
				method: "POST",
				body: chunk as Uint8Array<ArrayBuffer>,
				headers: { origin: "http://shop.example", "user-agent": `Mozilla/5.0 ${word}` },
			}),
		),
	);
	expect(answers.map(({ status }) => status)).toEqual([204, 204]);
}

/** Of all pages. */
export async function listSessions(server: TestServer): Promise<string[]> {
	const listed: string[] = [];
	let cursor = "";
	do {
		const answer = await server.get(`/sites/${server.siteId}/sessions?limit=200&cursor=${cursor}`);
		const { sessions, next } = (await answer.json()) as Sessions;
		listed.push(...sessions.map(({ id }) => id));
		cursor = next;
	} while (cursor !== "");
	return listed;
}

export async function waitForSessions(
	server: TestServer,
	sessions: readonly SampleSession[],
): Promise<void> {
	await waitFor(
		async () => {
			const listed = await listSessions(server);
			return sessions.every(({ session }) => listed.includes(session));
		},
		{ what: "the sessions to be counted", timeoutMs: 30_000 },
	);
}

export async function erase(
	server: TestServer,
	subject: { visitor: string } | { session: string },
): Promise<Erasure> {
	const answer = await fetch(`${server.url}/api/v1/sites/${server.siteId}/erasures`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${server.server.token}`,
			"content-type": "application/json",
		},
		body: JSON.stringify(subject),
	});
	expect([201, 202]).toContain(answer.status);
	const { id } = (await answer.json()) as Erasure;
	const findDone = async () => {
		const listed = await server.get(`/sites/${server.siteId}/erasures`);
		const { erasures } = (await listed.json()) as Erasures;
		return erasures.find((erasure) => erasure.id === id && erasure.state === "done");
	};
	return waitFor(findDone, { what: "an erasure to be done", timeoutMs: 120_000 });
}

/** Where the canary still is, in the store and in the data folder. */
export async function findCanary(server: TestServer, store: Store): Promise<string[]> {
	const texts = [...(await readObjectTexts(store)), ...(await readFileTexts(server.dataFolder))];
	return findText(texts, CANARY);
}
