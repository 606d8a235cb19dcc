// Chunks as a recorder sends them, small and valid, with any part replaced.
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { encodeChunk } from "../../protocol/chunk.ts";
import type { ElementCandidate } from "../../protocol/element-key.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import { createUuidV7, type SessionId } from "../../protocol/ids.ts";

export interface SampleSession {
	visitor: string;
	session: string;
	writeKey: string;
	tab: string;
	stream: string;
	startedAt: number;
}

export function createSampleSession(startedAt = Date.now()): SampleSession {
	const id = () => randomBytes(16).toString("hex");
	const session = createUuidV7(startedAt, randomBytes(10));
	return { visitor: id(), session, writeKey: id(), tab: id(), stream: id(), startedAt };
}

export interface SampleOptions {
	sequence?: number;
	facts?: Fact[];
	events?: unknown[];
	encoding?: "gzip" | "raw";
	envelope?: Partial<Envelope> & Record<string, unknown>;
}

export function createSampleChunk(session: SampleSession, options: SampleOptions = {}): Uint8Array {
	const { sequence = 0, facts = [], events = [], encoding = "gzip" } = options;
	const json = Buffer.from(JSON.stringify(events));
	const times = events.map((event) => (event as { timestamp: number }).timestamp);
	const snapshots = events.filter((event) => (event as { type: number }).type === 2);
	return encodeChunk({
		envelope: {
			version: 1,
			visitor: session.visitor,
			session: session.session as SessionId,
			writeKey: session.writeKey,
			tab: session.tab,
			stream: session.stream,
			sequence,
			part: 0,
			url: "http://shop.example/products",
			view: 0,
			viewport: [1280, 800],
			screen: [1920, 1080],
			language: "en-GB",
			referrer: "",
			events: {
				encoding,
				count: events.length,
				from: Math.min(...times, ...(times.length > 0 ? [] : [0])),
				to: Math.max(...times, ...(times.length > 0 ? [] : [0])),
				snapshots: snapshots.map((event) => (event as { timestamp: number }).timestamp),
			},
			dropped: { events: 0, chunks: 0, errors: 0 },
			cost: { totalMs: 3, longestMs: 2 },
			...options.envelope,
		} as Envelope,
		facts: gzipSync(JSON.stringify(facts)),
		events: encoding === "gzip" ? gzipSync(json) : json,
	});
}

/** Meta and a full snapshot of a page with one button, `after` ms into the session. */
export function createSampleSnapshot(
	{ startedAt }: SampleSession,
	after = 0,
	width = 1280,
): object[] {
	const button = {
		type: 2,
		id: 5,
		tagName: "button",
		attributes: {
			id: "buy",
			style: "position:absolute;left:100px;top:200px;width:160px;height:40px",
		},
		childNodes: [{ type: 3, id: 6, textContent: "Buy" }],
	};
	const body = { type: 2, id: 4, tagName: "body", attributes: {}, childNodes: [button] };
	const head = { type: 2, id: 3, tagName: "head", attributes: {}, childNodes: [] };
	const html = { type: 2, id: 2, tagName: "html", attributes: {}, childNodes: [head, body] };
	const node = { type: 0, id: 1, childNodes: [html] };
	const at = startedAt + after;
	return [
		{ type: 4, timestamp: at, data: { href: "http://shop.example/products", width, height: 800 } },
		{ type: 2, timestamp: at + 1, data: { node, initialOffset: { left: 0, top: 0 } } },
	];
}

export function createPageFact(
	{ startedAt }: SampleSession,
	path = "/products",
	width = 1280,
): Fact {
	const url = `http://shop.example${path}`;
	return [1, startedAt + 2, 0, url, "Products", "load", width, 2000, width, 800];
}

export function createElementFact(
	{ startedAt }: SampleSession,
	candidates: ElementCandidate[] = [["id", "buy"]],
): Fact {
	return [3, startedAt + 500, 1, candidates, "button", "button", "Buy", 0];
}

/** A press on element 1 at a share of its box. */
export function createPressFact(
	{ startedAt }: SampleSession,
	{ x = 0.5, y = 0.5, after = 500, view = 0, width = 1280, hover = 300 } = {},
): Fact {
	const share = (part: number) => Math.round(part * 32767);
	const place = [share(x), share(y), 180, 220] as const;
	return [2, startedAt + after, view, 1, ...place, "flow", "mouse", width, 800, hover, 200, 0, ""];
}
