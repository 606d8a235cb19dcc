import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Marker, Session } from "../../../protocol/api.ts";
import type { SessionId } from "../../../protocol/ids.ts";
import type { PartPlace, RecordingHead } from "../../../protocol/recording.ts";
import { createManifest, describeChunks } from "../../../server/queries/manifest.ts";
import { describeRecording } from "../../../server/queries/recorded-manifest.ts";
import type { StoredSession } from "../../../server/recordings/open-session.ts";
import type { ChunkRow } from "../../../server/recordings/read-session.ts";
import { createSampleSession } from "../sample-chunk.ts";

const MANIFEST_BYTES = 60 * 1024;
const HOURS_2 = 2 * 60 * 60 * 1000;
const CURRENT = { state: "current", waitingChunks: 0, waitingSince: 0 } as const;
const PAGES = ["/", "/products", "/products/:id", "/basket", "/checkout"];

/** Two hours of a busy visitor, a chunk every five seconds, each in a pack of its own. */
function createBusySession(): { session: Session; chunks: ChunkRow[]; markers: Marker[] } {
	const { startedAt, tab, stream, session: id } = createSampleSession();
	const size = { width: 1280, height: 800 };
	const chunks = Array.from({ length: HOURS_2 / 5000 }, (_, sequence): ChunkRow => {
		const from = startedAt + sequence * 5000 + below(300);
		const to = from + 4700 + below(300);
		const crc = randomBytes(4).readUInt32LE();
		return {
			...{ tab, stream, sequence, part: 0, crc, pack: "", from, to, first: from, last: to },
			...{ offset: sequence % 2 === 0 ? 4 : below(1e6), length: 1500 + below(6000) },
			...{ encoding: "gzip", events: 20 + below(80), receivedAt: to + 100 },
			...{ snapshots: sequence === 0 ? [from] : [], url: "http://shop.example/", ...size },
		};
	});
	const markers = Array.from({ length: 2000 }, (_, at): Marker => {
		const page = PAGES[below(PAGES.length)] ?? "";
		const label = `${["Add to basket", "Next", "Colour", "Show more"][below(4)]} ${below(20)}`;
		return { at: at * 3600 + below(3600), kind: "press", tab, page, label, detail: "button" };
	});
	const session: Session = {
		...{ id, visitor: tab, startedAt, endedAt: startedAt + HOURS_2, durationMs: HOURS_2 },
		...{ live: true, playable: true, automated: false, pageViews: 1, presses: 2000, tabs: 1 },
		...{ entryPage: "/", exitPage: "/", referrer: "", browser: "Chrome", os: "Windows" },
		...{ device: "desktop", language: "en", viewport: size, bytes: 6e6, events: 1e5 },
		friction: {
			...{ score: 0, episodes: 0, class: "", page: "", sentence: "" },
			...{ replayAt: 0, provisional: false },
		},
	};
	return { session, chunks, markers };
}

const NO_ASSETS = { names: {}, sheets: {} };

/** 200 page views in the two hours, some of them recorded with less detail. */
function createCost({ visitor: tab }: { visitor: string }) {
	const costs = Array.from({ length: 200 }, (_, index) => ({
		...{ tab, page: `/product/${below(50)}`, from: index * 36_000, to: (index + 1) * 36_000 },
		...{ ms: below(5000) / 10, longestMs: below(500) / 10, step: index % 10 === 0 ? 2 : 0 },
	}));
	const reduced = costs.filter(({ step }) => step > 0);
	return { costs, reduced: reduced.map(({ from, to, step }) => ({ tab, from, to, step })) };
}

function below(end: number): number {
	return Math.floor(Math.random() * end);
}

test("a live session of two hours and 1,440 chunks has a manifest of at most 60 KB gzip", () => {
	const { session, chunks, markers } = createBusySession();
	const manifest = createManifest(
		session,
		describeChunks(chunks, session.startedAt),
		{ markers, assets: NO_ASSETS, cost: createCost(session) },
		CURRENT,
	);
	expect(manifest.slices).toHaveLength(1440);
	expect(manifest.slices.every(({ part }) => part.startsWith("c-"))).toBe(true);
	expect(gzipSync(JSON.stringify(manifest), { level: 8 }).length).toBeLessThan(MANIFEST_BYTES);
});

test("once it is finished, with a keyframe for every 100 mutations, it has one as well", () => {
	const { session, markers } = createBusySession();
	const { id, visitor, startedAt, endedAt } = session;
	const stream = visitor.replace(/^./, "0");
	let end = 0;
	const place = (bytes: number): PartPlace => {
		const from = end;
		end += bytes + below(bytes);
		return [from, end - from, below(2 ** 32)];
	};
	const at = (index: number, count: number) => startedAt + Math.floor((HOURS_2 / count) * index);
	const head: RecordingHead = {
		...{ version: 1, site: 1, session: id as SessionId, visitor, generation: 1 },
		...{ startedAt, endedAt, chunks: {}, refused: {}, rows: [0, 1], unfolded: {} },
		...{ quarantined: 0, damaged: {}, dropped: 0 },
		streams: [
			{
				...{ id: stream, tab: visitor, url: "http://shop.example/", viewport: [1280, 800] },
				...{ from: startedAt, to: endedAt, gaps: [] },
			},
		],
		slices: Array.from({ length: 300 }, (_, index) => ({
			...{ stream, from: at(index, 300), to: at(index + 1, 300), events: 50 + below(400) },
			place: place(30_000),
		})),
		keyframes: Array.from({ length: 200 }, (_, index) => ({
			...{ stream, at: at(index, 200), place: place(60_000), recorded: index === 0 },
			...{ slice: index, nodes: 4000, texts: Array.from({ length: 12 }, (_, text) => text) },
		})),
		texts: Array.from({ length: 40 }, () => place(20_000)),
	};
	const recording = { key: "", name: "g1-0123456789abcdef", head, body: 4000, identities: 1440 };
	const stored = { kind: "recorded", recording, late: [], played: [] } satisfies StoredSession;
	const described = describeRecording(stored, startedAt);
	const extra = { markers, assets: NO_ASSETS, cost: createCost(session) };
	const manifest = createManifest({ ...session, live: false }, described, extra, CURRENT);
	expect([manifest.slices.length, manifest.keyframes.length, manifest.tabs]).toEqual([
		...[300, 200, [{ id: visitor, from: 0, to: HOURS_2 }]],
	]);
	expect(gzipSync(JSON.stringify(manifest), { level: 8 }).length).toBeLessThan(MANIFEST_BYTES);
});
