// The head of a small recording with one of everything; as bytes in samples/recording-v1.rec.
import type { SessionId } from "../../protocol/ids.ts";
import type { RecordingHead } from "../../protocol/recording.ts";

const STREAM = "0123456789abcdef0123456789abcdef";
const OTHER = "fedcba9876543210fedcba9876543210";

export const RECORDING_HEAD: RecordingHead = {
	version: 1,
	site: 7,
	session: "019a0000-0000-7000-8000-000000000001" as SessionId,
	visitor: "11111111111111111111111111111111",
	generation: 2,
	startedAt: 1795000000000,
	endedAt: 1795000009000,
	streams: [
		{
			id: STREAM,
			tab: "22222222222222222222222222222222",
			url: "http://shop.example/products",
			viewport: [1280, 800],
			from: 1795000000000,
			to: 1795000009000,
			gaps: [{ first: 3, last: 4, from: 1795000004000, to: 1795000005000 }],
		},
		{
			id: OTHER,
			tab: "22222222222222222222222222222222",
			url: "",
			viewport: [0, 0],
			from: 1795000009000,
			to: 1795000009000,
			gaps: [],
		},
	],
	slices: [
		{ stream: STREAM, from: 1795000000000, to: 1795000004000, events: 2, place: [90, 30, 5] },
		{ stream: STREAM, from: 1795000005000, to: 1795000009000, events: 1, place: [120, 25, 6] },
	],
	keyframes: [
		{
			...{ stream: STREAM, at: 1795000000000, place: [0, 50, 7], recorded: true },
			...{ slice: 0, texts: [0], nodes: 9 },
		},
		{
			...{ stream: STREAM, at: 1795000004000, place: [50, 40, 8], recorded: false },
			...{ slice: 1, texts: [], nodes: 12 },
		},
	],
	texts: [[145, 44, 4294967295]],
	chunks: {
		[STREAM]: [
			[0, 0, 4294967295],
			[1, 0, 1],
			[1, 1, 2],
		],
		[OTHER]: [[0, 0, 3]],
	},
	refused: { [STREAM]: [[2, 0, 77]] },
	damaged: { [OTHER]: [[1, 0, 78]] },
	rows: [189, 100],
	quarantined: 1,
	dropped: 3,
	unfolded: { canvas: 2 },
};
