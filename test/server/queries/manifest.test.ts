import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Marker, Session } from "../../../protocol/api.ts";
import { createManifest, describeChunks } from "../../../server/queries/manifest.ts";
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
		...{ live: true, playable: true, pageViews: 1, presses: 2000, tabs: 1 },
		...{ entryPage: "/", exitPage: "/", referrer: "", browser: "Chrome", os: "Windows" },
		...{ device: "desktop", language: "en", viewport: size, bytes: 6e6, events: 1e5 },
	};
	return { session, chunks, markers };
}

function below(end: number): number {
	return Math.floor(Math.random() * end);
}

test("a live session of two hours and 1,440 chunks has a manifest of at most 60 KB gzip", () => {
	const { session, chunks, markers } = createBusySession();
	const manifest = createManifest(
		session,
		describeChunks(chunks, session.startedAt),
		markers,
		CURRENT,
	);
	expect(manifest.slices).toHaveLength(1440);
	expect(manifest.slices.every(({ part }) => part.startsWith("c-"))).toBe(true);
	expect(gzipSync(JSON.stringify(manifest), { level: 8 }).length).toBeLessThan(MANIFEST_BYTES);
});
