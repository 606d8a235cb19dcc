// An envelope with every field, and every way in which one field can be wrong.
import fc from "fast-check";
import type { Envelope } from "../../protocol/envelope.ts";
import type { SessionId, StreamId, TabId, VisitorId, WriteKey } from "../../protocol/ids.ts";

export const ENVELOPE: Envelope = {
	version: 1,
	visitor: "0123456789abcdef0123456789abcdef" as VisitorId,
	session: "019a9c3b-2f00-7abc-8def-0123456789ab" as SessionId,
	writeKey: "fedcba9876543210fedcba9876543210" as WriteKey,
	tab: "00112233445566778899aabbccddeeff" as TabId,
	stream: "ffeeddccbbaa99887766554433221100" as StreamId,
	sequence: 3,
	part: 0,
	url: "https://shop.example/products",
	view: 1,
	viewport: [1280, 800],
	screen: [1920, 1080],
	language: "de-AT",
	referrer: "https://search.example/",
	release: "2026.11.22",
	hints: { mobile: false, platform: "Linux" },
	events: {
		encoding: "gzip",
		count: 2,
		from: 1_795_000_000_000,
		to: 1_795_000_005_000,
		snapshots: [1_795_000_000_001],
	},
	last: true,
	dropped: { events: 1, chunks: 0, errors: 2 },
	cost: { totalMs: 12.5, longestMs: 4 },
};

/** `a.b` of an envelope set to a value, `undefined` for left out. */
export function withField(path: string, value: unknown): Record<string, unknown> {
	const copy = structuredClone(ENVELOPE) as unknown as Record<string, unknown>;
	const names = path.split(".");
	const last = names.pop() ?? "";
	let at = copy;
	for (const name of names) at = at[name] as Record<string, unknown>;
	at[last] = value;
	return copy;
}

const hexId = fc.stringMatching(/^[0-9a-f]{32}$/);
const count = fc.nat({ max: 1e6 });
const time = fc.integer({ min: 0, max: 9_999_999_999_999 });
const size = fc.tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 99_999 }));
const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });

/** Any valid envelope. */
export const anyEnvelope = fc.record(
	{
		version: fc.constant(1 as const),
		visitor: hexId,
		session: fc.stringMatching(
			/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
		),
		writeKey: hexId,
		tab: hexId,
		stream: hexId,
		sequence: fc.nat({ max: 9999 }),
		part: fc.nat({ max: 99 }),
		url: text(200),
		view: count,
		viewport: size,
		screen: size,
		language: text(40),
		referrer: text(200),
		release: text(100),
		hints: fc.record({ mobile: fc.boolean(), platform: text(40) }),
		events: fc.record({
			encoding: fc.constantFrom("gzip" as const, "raw" as const),
			count,
			from: time,
			to: time,
			snapshots: fc.array(time, { maxLength: 20 }),
		}),
		last: fc.boolean(),
		dropped: fc.record({ events: count, chunks: count, errors: count }),
		cost: fc.record({ totalMs: count, longestMs: count }),
	},
	{
		noNullPrototype: true,
		requiredKeys: [
			...([
				"version",
				"visitor",
				"session",
				"writeKey",
				"tab",
				"stream",
				"sequence",
				"part",
			] as const),
			...(["url", "view", "viewport", "screen", "language", "referrer", "events"] as const),
			...(["dropped", "cost"] as const),
		],
	},
) as unknown as fc.Arbitrary<Envelope>;
