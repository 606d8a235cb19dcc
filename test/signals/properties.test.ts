// What holds of any session: however its facts were cut and sent, whenever it was, whatever ticks beside it.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FACT_ANSWER, FACT_ELEMENT, type Fact, type Response } from "../../protocol/fact.ts";
import { type Baselines, NO_BASELINES } from "../../signals/baselines.ts";
import { type Detected, detect } from "../../signals/detect.ts";
import { frictionOf, joinEpisodes, severityOf } from "../../signals/episode.ts";
import type { FactsOfStream } from "../../signals/normalise/streams.ts";
import { SIGNAL_KINDS, type Signal } from "../../signals/signal.ts";
import { makeSession, START } from "./made-session.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const RUNS = { seed: SEED, numRuns: 200 };
const LENGTH_MS = 400_000;

/** Something is usual everywhere, so that every detector has its say. */
const BASELINES: Baselines = {
	...NO_BASELINES,
	timeOf: () => ({ count: 40, location: Math.log(400), scale: 0.8 }),
	pageOf: () => ({ views: 500, backShare: 0.05, quarterMs: 8000, visits: 1 }),
};

const ANSWERS: Response[][] = [
	...[[], [], []],
	[["mutation", 150, "near"]],
	[["mutation", 2400, "inside"]],
	[["request", 60, "elsewhere"]],
	[["selection", 30, "inside"]],
	[["mutation", 5000, "elsewhere"]],
	[["unload", 1800, "elsewhere"]],
];
const ELEMENTS = [
	...[{}, { text: "Next", isRepeatable: true }, { tag: "a", link: "/b" }],
	...[{ tag: "img" }, { tag: "input", role: "textbox" }, { tag: "p", text: "Words" }],
];
const PATHS = ["/", "/a", "/b"];

const step = fc.record({
	what: fc.constantFrom(
		...(["press", "press", "press", "press", "burst", "page", "back", "reload"] as const),
		...(["field", "error", "refused", "submit", "move", "zoom", "away"] as const),
		...(["keys", "disabled", "shift", "stuck", "blank", "taps", "leave"] as const),
		...(["swipe", "dither", "scroll", "begun", "circle"] as const),
	),
	afterMs: fc.integer({ min: 20, max: 6000 }),
	element: fc.nat(ELEMENTS.length - 1),
	answer: fc.nat(ANSWERS.length - 1),
	count: fc.integer({ min: 1, max: 8 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
const steps = fc.array(step, { minLength: 1, maxLength: 40 });

interface MakeOptions {
	start?: number;
	/** Renames what classes make of an element. */
	suffix?: string;
	isMasked?: boolean;
}

function make(list: readonly Step[], { start = START, suffix = "", isMasked }: MakeOptions = {}) {
	const made = makeSession("tab", start);
	let at = 1000;
	let numbers: number[] = [];
	const begin = () => {
		numbers = ELEMENTS.map((element, index) =>
			made.element({ ...element, key: `e${index}${suffix}`, ...(isMasked ? { text: "" } : {}) }),
		);
	};
	made.page(0);
	begin();
	for (const { what, afterMs, element, answer, count } of list) {
		at += afterMs;
		const number = numbers[element] ?? 0;
		const press = { answer: ANSWERS[answer], hoverMs: 800 * count, x: 100 + 200 * element };
		if (what === "press") made.press(at, number, press);
		for (let one = 0; what === "burst" && one < count; one++) {
			at += 300;
			made.press(at, number, press);
		}
		for (let one = 0; what === "keys" && one < 5; one++) {
			at += 400;
			made.press(at, number, { ...press, pointer: "key" });
		}
		if (what === "page") made.page(at, PATHS[count % 3], "load");
		if (what === "back") made.back(at, PATHS[count % 3]);
		if (what === "reload") made.page(at, PATHS[count % 3], "reload");
		if (what === "page" || what === "back" || what === "reload") begin();
		const refusal = { end: "submit", invalid: count % 2, submits: 1 } as const;
		if (what === "field")
			made.field(at, numbers[4] ?? 0, { ...refusal, deletions: count, firstInputMs: 900 * count });
		if (what === "error") made.error(at, { fingerprint: `x${count}` });
		if (what === "refused") made.request(at, "/api/cart", 500);
		if (what === "submit")
			made.submit(at, numbers[0] ?? 0, count % 3 === 0 ? "gone" : "invalid", 100);
		if (what === "move") made.move(at, 4 * count, at - 10);
		if (what === "zoom") made.leave(at, "zoom", 100 + 20 * count);
		if (what === "disabled") made.press(at, numbers[0] ?? 0, { isDisabled: true, clicked: 0 });
		if (what === "shift") made.press(at, number, press).vital(at + 160, "shift", 9 * count, number);
		if (what === "stuck") made.press(at, number, press).vital(at + 160, "inp", 200 * count, number);
		if (what === "blank")
			made.field(at, numbers[4] ?? 0, { ...refusal, focusMs: 0, edits: 0, length: 0 });
		if (what === "leave") made.leave(at, "unload");
		const tap = { ...press, pointer: "touch" } as const;
		if (what === "taps") {
			made.press(at, number, tap).press(at + 900, numbers[1] ?? 0, { ...tap, state: "open" });
			made.press(at + 1500, numbers[3] ?? 0, { ...tap, y: 100 + 10 * count });
		}
		if (what === "swipe") made.swipe(at, number, 40 * count, press);
		if (what === "dither") made.dither(at, number, 900 * count);
		if (what === "scroll") made.scroll(at, count, 500);
		for (let one = 0; what === "begun" && one < count; one++) {
			made.field(at + one, numbers[3 + (one % 2)] ?? 0, { form: numbers[0] ?? 0 });
		}
		for (let one = 0; what === "circle" && one < 5; one++) {
			at += 900;
			made.page(at, PATHS[1 + (one % 2)], "push");
		}
		if (what === "away") made.visible(at, 0).visible(at + 2000, 1);
	}
	return made.parts;
}

const found = (parts: readonly FactsOfStream[]) => detect(parts, BASELINES);
/** What does not depend on when it was, nor on names. */
function outline({ signals, episodes, friction }: Detected, start = START) {
	return {
		signals: signals.map(({ kind, at, to, element, confidence, verdict, numbers }) => {
			const { ambient: _, ...rest } = numbers;
			return {
				kind,
				at: at - start,
				to: to - start,
				on: element?.number,
				confidence,
				verdict,
				rest,
			};
		}),
		episodes: episodes.map(({ kind, severity, at }) => ({ kind, severity, at: at - start })),
		friction,
	};
}

test("sessions of these properties have signals of every kind", () => {
	const kinds = new Set<string>();
	fc.assert(
		fc.property(steps, (list) => {
			for (const { kind } of found(make(list)).signals) kinds.add(kind);
		}),
		RUNS,
	);
	const missing = SIGNAL_KINDS.filter((kind) => !kinds.has(kind));
	console.log(
		`seed ${SEED}: ${SIGNAL_KINDS.length - missing.length} of ${SIGNAL_KINDS.length} kinds`,
	);
	expect(missing).toEqual([]);
});

test("however a session was cut into chunks, in whatever order and how often they came, it has the same signals", () => {
	fc.assert(
		fc.property(steps, fc.infiniteStream(fc.nat(1000)), (list, random) => {
			const next = () => random.next().value as number;
			const parts = make(list);
			const chunks = parts.flatMap(({ stream, tab, facts }) => {
				const size = 1 + (next() % 5);
				const cut: FactsOfStream[] = [];
				for (let at = 0; at < facts.length; at += size) {
					cut.push({ stream, tab, facts: facts.slice(at, at + size) });
				}
				return next() % 2 === 0 ? [...cut, ...cut.slice(0, 3)] : cut;
			});
			const shuffled = chunks
				.map((chunk) => ({ chunk: { ...chunk, facts: [...chunk.facts].reverse() }, rank: next() }))
				.sort((a, b) => a.rank - b.rank)
				.map(({ chunk }) => chunk);
			expect(found(shuffled)).toEqual(found(parts));
		}),
		RUNS,
	);
});

test("whenever it was, it has the same signals", () => {
	fc.assert(
		fc.property(steps, fc.integer({ min: -1e9, max: 1e9 }), (list, by) => {
			const shifted = found(make(list, { start: START + by }));
			expect(outline(shifted, START + by)).toEqual(outline(found(make(list))));
		}),
		RUNS,
	);
});

test("a ticker, a poll and an error that comes all the time change nothing", () => {
	fc.assert(
		fc.property(steps, (list) => {
			const parts = make(list);
			expect(outline(found(parts.map(addTicker)))).toEqual(outline(found(parts)));
		}),
		RUNS,
	);
});

test("other names of classes and masked texts change no signal", () => {
	fc.assert(
		fc.property(steps, (list) => {
			const plain = outline(found(make(list)));
			expect(outline(found(make(list, { suffix: "-x7f" })))).toEqual(plain);
			expect(outline(found(make(list, { isMasked: true })))).toEqual(plain);
		}),
		RUNS,
	);
});

test("one more response makes nothing dead and no burst unanswered that was not", () => {
	const response: Response = ["mutation", 200, "near"];
	fc.assert(
		fc.property(steps, fc.nat(60), (list, which) => {
			const parts = make(list);
			const before = unanswered(found(parts));
			let answer = 0;
			const more = parts.map((part) => ({
				...part,
				facts: part.facts.map((fact): Fact => {
					if (fact[0] !== FACT_ANSWER || answer++ !== which) return fact;
					const [code, at, view, element, press, clicked, watchedMs, ambient, responses] = fact;
					const all = [...responses, response];
					return [code, at, view, element, press, clicked, watchedMs, ambient, all];
				}),
			}));
			for (const one of unanswered(found(more))) expect(before).toContainEqual(one);
		}),
		RUNS,
	);
});

test("one more press at the end of a burst that nothing answers makes it longer, never less sure", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 3, max: 9 }),
			fc.integer({ min: 100, max: 800 }),
			(count, gap) => {
				const of = (presses: number) => {
					const made = makeSession().page(0);
					const button = made.element();
					for (let one = 0; one < presses; one++) made.press(1000 + one * gap, button);
					return detect(made.parts);
				};
				const [less, more] = [of(count), of(count + 1)];
				expect(more.signals.filter(({ kind }) => kind === "rage")[0]?.numbers.presses).toBe(
					count + 1,
				);
				expect(more.episodes[0]?.severity).toBeGreaterThanOrEqual(less.episodes[0]?.severity ?? 1);
			},
		),
		RUNS,
	);
});

test("a severity is from 0 to less than 1, and neither it nor the episodes depend on an order", () => {
	fc.assert(
		fc.property(steps, fc.nat(), (list, turn) => {
			const { signals, episodes, friction } = found(make(list));
			const mixed = rotate(signals, turn).reverse();
			expect(joinEpisodes(mixed)).toEqual(joinEpisodes(signals));
			expect(severityOf(mixed)).toBe(severityOf(signals));
			expect(frictionOf(rotate(episodes, turn))).toBe(friction);
			for (const { severity, replayAt, at, to } of episodes) {
				expect(severity).toBeGreaterThan(0);
				expect(severity).toBeLessThan(1);
				expect(replayAt).toBeLessThan(at);
				expect(to).toBeGreaterThanOrEqual(at);
			}
			expect(friction).toBeGreaterThanOrEqual(0);
			expect(friction).toBeLessThanOrEqual(100);
		}),
		RUNS,
	);
});

test("all kinds of signals at their surest are still less than 1", () => {
	expect(severityOf(SIGNAL_KINDS.map((kind) => ({ kind, confidence: 1 })))).toBeLessThan(1);
	expect(severityOf([])).toBe(0);
	expect(frictionOf([])).toBe(0);
});

test("every signal of an episode is in one episode, and pictures that do nothing make none", () => {
	fc.assert(
		fc.property(steps, (list) => {
			const { signals, episodes } = found(make(list));
			const joined = episodes.flatMap((episode) => episode.signals);
			expect(new Set(joined).size).toBe(joined.length);
			const left = signals.filter((signal) => !joined.includes(signal));
			expect(left.every(({ kind }) => kind === "dead_static")).toBe(true);
		}),
		RUNS,
	);
});

function unanswered({ signals }: Detected): Pick<Signal, "kind" | "at">[] {
	return signals
		.filter(
			({ kind, verdict }) => kind === "dead" || (kind === "rage" && verdict === "unresponsive"),
		)
		.map(({ kind, at }) => ({ kind, at }));
}

/** A clock on the page, requests each five seconds, and an error each second of them. */
function addTicker({ stream, tab, facts }: FactsOfStream): FactsOfStream {
	const polls = Array.from({ length: LENGTH_MS / 5000 }, (_, index) => START + 7 + index * 5000);
	const ticking = facts.map((fact): Fact => {
		if (fact[0] !== FACT_ANSWER) return fact;
		const [code, at, view, element, press, clicked, watchedMs, ambient, responses] = fact;
		const polled = polls
			.filter((time) => time >= press && time <= press + watchedMs)
			.map((time): Response => ["request", time - press, "elsewhere"]);
		const hasAsked = responses.some(([kind]) => kind === "request");
		const all = hasAsked ? responses : [...responses, ...polled.slice(0, 1)];
		return [code, at, view, element, press, clicked, watchedMs, ambient + 5, all];
	});
	const view = facts.find(([code]) => code !== FACT_ELEMENT)?.[2];
	const ambient = polls.flatMap((time): Fact[] => [
		[13, time, view as number, "fetch", "https://shop.example/api/poll", 200, 40],
		[12, time, view as number, "error", "tick", "Tick failed", "https://shop.example/tick.js"],
	]);
	return { stream, tab, facts: [...ticking, ...ambient] };
}

function rotate<T>(list: readonly T[], by: number): T[] {
	const at = list.length === 0 ? 0 : by % list.length;
	return [...list.slice(at), ...list.slice(0, at)];
}
