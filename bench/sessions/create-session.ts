// Long sessions from a seed: a page and what a visitor and the page itself do on it, as a valid stream
// of rrweb events and the facts a recorder would send beside them. Every mutation also writes its own
// number into one node, so that of any picture of the page one can say whether it is the right one.
//
// Generated rather than recorded: the same seed gives the same bytes on every machine, and the counts
// are those that are asked for.
import { createRandom } from "../../demo/random.ts";
import type { Fact } from "../../protocol/fact.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { createMutations } from "./mutations.ts";
import { createPage, type Page, TOOLS } from "./page.ts";
import { createWords, type Words } from "./words.ts";

export const VIEWPORT = [1280, 800] as const;
const PAGE_HEIGHT = 5200;
const MINUTE_MS = 60_000;

export interface SessionSource {
	startedAt: number;
	endedAt: number;
	/** In time order, beginning with Meta and the only full snapshot. */
	events: Iterable<RawEvent>;
	/** In time order; grows while the events are read. */
	facts: Fact[];
	/** When each mutation was: the page shows `step n` from `steps[n - 1]` on. */
	steps: number[];
	/** Nodes of the page at its start. */
	nodes: number;
}

export interface GeneratedSession extends SessionSource {
	events: RawEvent[];
}

export interface SessionShape {
	durationMs: number;
	nodes: number;
	rules: number;
	mutations: number;
	/** Records per mutation, about. */
	records: number;
	moves: number;
	inputs: number;
	scrolls: number;
	presses: number;
	/** Share of the minutes in which nothing happens. */
	quiet: number;
}

export const LONG: SessionShape = {
	...{ durationMs: 120 * MINUTE_MS, nodes: 4000, rules: 6000, quiet: 0.25 },
	...{ mutations: 20_000, records: 4, moves: 40_000, inputs: 400, scrolls: 600, presses: 200 },
};
export const DENSE: SessionShape = {
	...{ durationMs: 10 * MINUTE_MS, nodes: 4000, rules: 6000, quiet: 0 },
	...{ mutations: 20_000, records: 12, moves: 4000, inputs: 40, scrolls: 100, presses: 60 },
};

export interface SessionOptions {
	seed: number;
	/** Epoch ms of the first event. */
	startedAt: number;
}

/** Two hours: 4,000 nodes, 6,000 rules, 20,000 mutations, 40,000 moves of the mouse. */
export function createLongSession(options: SessionOptions): GeneratedSession {
	return createSession(LONG, options);
}

/** Ten minutes with as many mutations, each of them larger. */
export function createDenseSession(options: SessionOptions): GeneratedSession {
	return createSession(DENSE, options);
}

export function createSession(shape: SessionShape, options: SessionOptions): GeneratedSession {
	const source = streamSession(shape, options);
	return { ...source, events: [...source.events] };
}

/** The same for sessions that are too large to be held: the events can be read once. */
export function streamSession(shape: SessionShape, { seed, startedAt }: SessionOptions) {
	const words = createWords(createRandom(seed));
	const page = createPage({ words, nodes: shape.nodes, rules: shape.rules });
	const makers = createMakers(words, page, shape);
	const facts = createFirstFacts(page, startedAt);
	const steps: number[] = [];
	const endedAt = startedAt + shape.durationMs;
	function* play(): Generator<RawEvent> {
		yield* createStart(page, startedAt);
		for (const { at, kind } of createPlan(words, shape, startedAt)) {
			if (kind === "mutation") steps.push(at);
			if (kind === "press") facts.push(createPress(words, at));
			for (const data of makers[kind]()) yield { type: 3, timestamp: at, data };
		}
		facts.push([5, endedAt, 0, "unload"]);
	}
	const nodes = page.nodes;
	return { startedAt, endedAt, events: play(), facts, steps, nodes } satisfies SessionSource;
}

/**
 * Seeded instants at which what is shown can be told for certain: no mutation is near.
 * @returns ms from the session's start, and the step that is shown there
 */
export function pickInstants(
	session: GeneratedSession,
	{ seed, count }: { seed: number; count: number },
): { timeMs: number; step: number }[] {
	const random = createRandom(seed);
	const { startedAt, endedAt, steps } = session;
	const picked: { timeMs: number; step: number }[] = [];
	while (picked.length < count) {
		const at = Math.round(startedAt + 2000 + random() * (endedAt - startedAt - 4000));
		const step = steps.findIndex((time) => time > at);
		if (step < 1 || at - (steps[step - 1] ?? 0) < 3 || (steps[step] ?? 0) - at < 3) continue;
		picked.push({ timeMs: at - startedAt, step });
	}
	return picked;
}

type Kind = "mutation" | "move" | "input" | "scroll" | "press";

/** What happens when, in time order; quiet minutes are left out, the first is never one. */
function createPlan(words: Words, shape: SessionShape, startedAt: number) {
	const minutes = Array.from({ length: Math.round(shape.durationMs / MINUTE_MS) }, (_, i) => i);
	const busy = minutes.filter((i) => i === 0 || words.number(0, 1000) >= shape.quiet * 1000);
	const counts: [Kind, number][] = [
		["mutation", shape.mutations],
		["move", shape.moves],
		["input", shape.inputs],
		["scroll", shape.scrolls],
		["press", shape.presses],
	];
	return counts
		.flatMap(([kind, count]) =>
			Array.from({ length: count }, () => ({
				kind,
				at: startedAt + words.pick(busy) * MINUTE_MS + words.number(200, MINUTE_MS),
			})),
		)
		.sort((a, b) => a.at - b.at);
}

function createStart(page: Page, at: number): RawEvent[] {
	const [width, height] = VIEWPORT;
	const href = "https://shop.example/orders";
	return [
		{ type: 4, timestamp: at, data: { href, width, height } },
		{
			type: 2,
			timestamp: at + 20,
			data: { node: page.document, initialOffset: { left: 0, top: 0 } },
		},
	];
}

function createFirstFacts(page: Page, at: number): Fact[] {
	const [width, height] = VIEWPORT;
	const url = "https://shop.example/orders";
	return [
		[1, at, 0, url, "Orders", "load", width, PAGE_HEIGHT, width, height],
		[4, at, 1],
		...page.tools.map(
			(_, index): Fact => [
				3,
				at + 1,
				index,
				[["id", `tool-${index}`]],
				"button",
				"button",
				"Tool",
				0,
			],
		),
	];
}

function createPress(words: Words, at: number): Fact {
	const [width, height] = VIEWPORT;
	const [x, y] = [words.number(0, 32_767), words.number(0, 32_767)];
	const [left, top] = [words.number(0, width), words.number(0, 40)];
	const [hoverMs, approachMs] = [words.number(50, 900), words.number(50, 900)];
	const element = words.number(0, TOOLS);
	return [
		...([2, at, 0, element, x, y, left, top, "flow", "mouse"] as const),
		...([width, height, hoverMs, approachMs, 0, ""] as const),
	];
}

function createMakers(words: Words, page: Page, shape: SessionShape): Record<Kind, () => object[]> {
	const mutate = createMutations({ words, page, records: shape.records });
	const anyItem = () => {
		const list = page.lists.find(({ items }) => items.length > 0);
		const other = words.pick(page.lists);
		return other.items[words.number(0, other.items.length)] ?? list?.items[0];
	};
	const pointer = () => ({ x: words.number(0, VIEWPORT[0]), y: words.number(0, VIEWPORT[1]) });
	const root = page.document.id;
	return {
		mutation: () => [mutate()],
		move: () => {
			const id = anyItem()?.node.id ?? root;
			return [{ source: 1, positions: [{ ...pointer(), id, timeOffset: 0 }] }];
		},
		input: () => [
			{ source: 5, id: anyItem()?.input ?? root, text: words.text(2), isChecked: false },
		],
		scroll: () => [{ source: 3, id: root, x: 0, y: words.number(0, PAGE_HEIGHT - VIEWPORT[1]) }],
		press: () => {
			const on = { ...pointer(), id: words.pick(page.tools), pointerType: 0 };
			return [1, 0, 2].map((type) => ({ source: 2, type, ...on }));
		},
	};
}
