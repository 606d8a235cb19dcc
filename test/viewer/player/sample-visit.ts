// A visit of a minute in two tabs, with a part that never arrived, as a recorder would have sent it: the
// first tab counts seconds in its heading, the second one says "Second tab".
import type { Fact } from "../../../protocol/fact.ts";
import {
	createSampleChunk,
	createSampleSession,
	type SampleSession,
} from "../../server/sample-chunk.ts";

export interface SampleVisit {
	session: SampleSession;
	tabs: [first: string, second: string];
	chunks: Uint8Array<ArrayBuffer>[];
}

/** Seconds from the start, which tab was in front from when on, and what is missing. */
export const SECOND_TAB = { from: 20, to: 35 };
export const LOST = { from: 45, to: 50 };
const SECONDS = 60;
const PER_CHUNK = 5;

const TEXT = 8;
/** The mouse of the first tab is over its heading. */
export const HOVERED = "h1:hover { color: rgb(1, 2, 3) }";

/** A coloured page with a heading, at a size of its own. */
function createSnapshot(at: number, heading: string, { width, height, colour }: Look): object[] {
	const element = (id: number, tagName: string, attributes: object, childNodes: object[]) => ({
		...{ type: 2, id, tagName, attributes, childNodes },
	});
	const style = `margin:0;min-height:3000px;background:linear-gradient(${colour},#fff 1200px);font:20px sans-serif`;
	const text = { type: 3, id: TEXT, textContent: heading };
	const body = element(4, "body", { style }, [element(7, "h1", {}, [text])]);
	const sheet = element(5, "style", { _cssText: HOVERED }, []);
	const html = element(2, "html", {}, [element(3, "head", {}, [sheet]), body]);
	return [
		{ type: 4, timestamp: at, data: { href: "http://shop.example/", width, height } },
		{
			...{ type: 2, timestamp: at },
			data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } },
		},
	];
}

interface Look {
	width: number;
	height: number;
	colour: string;
}

const FIRST: Look = { width: 1280, height: 800, colour: "#7fc8a9" };
const SECOND: Look = { width: 800, height: 900, colour: "#e9a36a" };

export function createSampleVisit(startedAt: number): SampleVisit {
	const session = createSampleSession(startedAt);
	const second = createSampleSession(startedAt);
	const other = { ...session, tab: second.tab, stream: second.stream };
	const at = (seconds: number) => startedAt + seconds * 1000;
	const chunks: Uint8Array[] = [];
	for (let from = 0, sequence = 0; from < SECONDS; from += PER_CHUNK, sequence++) {
		if (from >= LOST.from && from < LOST.to) continue;
		const events = from === 0 ? createSnapshot(at(0), "0 s", FIRST) : [];
		for (let second = from; second < from + PER_CHUNK; second += 0.5) {
			if (second > 0) events.push(...createSecond(at(second) - 100, second));
		}
		const facts: Fact[] = [];
		if (from === 0) facts.push(createPage(at(0), "/first", "The first page"));
		if (from === SECOND_TAB.from) facts.push([4, at(SECOND_TAB.from), 0]);
		if (from === SECOND_TAB.to) facts.push([4, at(SECOND_TAB.to), 1]);
		chunks.push(createSampleChunk(session, { sequence, events, facts }));
	}
	chunks.push(
		createSampleChunk(other, {
			events: [
				...createSnapshot(at(SECOND_TAB.from), "Second tab", SECOND),
				...createMove(at(SECOND_TAB.from + 10), 200),
			],
			facts: [
				createPage(at(SECOND_TAB.from), "/second", "The second page"),
				[4, at(SECOND_TAB.to), 0],
			],
		}),
	);
	return {
		session,
		tabs: [session.tab, other.tab],
		chunks: chunks as Uint8Array<ArrayBuffer>[],
	};
}

function createSecond(at: number, second: number): object[] {
	const texts = [{ id: TEXT, value: `${second} s` }];
	const data = { source: 0, texts, attributes: [], removes: [], adds: [] };
	return [{ type: 3, timestamp: at, data }, ...createMove(at, 40 + second * 10)];
}

function createMove(at: number, x: number): object[] {
	return [
		{ type: 3, timestamp: at, data: { source: 1, positions: [{ x, y: x, id: 7, timeOffset: 0 }] } },
	];
}

function createPage(at: number, path: string, title: string): Fact {
	return [1, at, 0, `http://shop.example${path}`, title, "load", 1280, 3000, 1280, 800];
}
