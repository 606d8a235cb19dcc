import { expect, test } from "vitest";
import { type Baselines, NO_BASELINES } from "../../signals/baselines.ts";
import { DETECTORS, detect } from "../../signals/detect.ts";
import { explain } from "../../signals/explain.ts";
import { SIGNAL_KINDS, type SignalKind } from "../../signals/signal.ts";
import { type Made, makeSession } from "./made-session.ts";

/** What happened → the kinds of signals, in the order of time, each once. */
type Case = [
	what: string,
	make: (on: Made) => unknown,
	want: SignalKind[],
	baselines?: Partial<Baselines>,
];

const MUTATION = [["mutation", 120, "near"]] as [["mutation", number, "near"]];
const LATER = (ms: number) => [["mutation", ms, "near"]] as [["mutation", number, "near"]];

function kindsOf(make: (on: Made) => unknown, baselines: Partial<Baselines> = {}): SignalKind[] {
	const made = makeSession().page(0);
	make(made);
	const { signals } = detect(made.parts, { ...NO_BASELINES, ...baselines });
	return [...new Set(signals.map(({ kind }) => kind))];
}

function presses(on: Made, element: number, times: readonly number[], press = {}): void {
	for (const at of times) on.press(at, element, press);
}

const habits = {
	...{ judged: 0, answered: 0, bursts: 0, burstLength: 0, sessions: 0, burstSessions: 0 },
};
const pageHabits = { views: 500, backShare: 0.05, quarterMs: 9000, visits: 1 };
const BURST = [1000, 1500, 2100, 2700];

const CASES: Case[] = [
	// Rage
	["a burst that nothing answers", (on) => presses(on, on.element(), BURST), ["rage", "dead"]],
	[
		"a burst on a picture",
		(on) => presses(on, on.element({ tag: "img" }), BURST),
		["rage", "dead_static"],
	],
	[
		"a burst that is left at once",
		(on) => presses(on, on.element(), BURST, { watchedMs: 1500 }),
		["rage"],
	],
	[
		"a burst of taps on what is exchanged each time",
		(on) => {
			for (const at of BURST) on.press(at, on.element(), { pointer: "touch", x: 100 + at / 200 });
		},
		["rage", "dead"],
	],
	["a burst that is answered", (on) => presses(on, on.element(), BURST, { answer: MUTATION }), []],
	["two presses that nothing answers", (on) => presses(on, on.element(), [1000, 1300]), ["dead"]],
	["three presses a second apart", (on) => presses(on, on.element(), [0, 1000, 2000]), ["dead"]],
	[
		"a stepper that is answered ten times",
		(on) => {
			const plus = on.element({ text: "+", isRepeatable: true });
			presses(on, plus, [0, 300, 600, 900, 1200, 1500, 1800, 2100, 2400, 2700], {
				answer: MUTATION,
			});
		},
		[],
	],
	[
		"a carousel's next without a name, answered, where nothing is known",
		(on) =>
			presses(on, on.element({ text: "" }), [0, 400, 800, 1200, 1600, 2000, 2400], {
				answer: MUTATION,
			}),
		[],
	],
	[
		"a burst longer than there ever was on what answers",
		(on) => presses(on, on.element(), [0, 400, 800, 1200, 1600, 2000, 2400], { answer: MUTATION }),
		["rage"],
		{ elementOf: () => ({ ...habits, bursts: 250, burstLength: 5, sessions: 900 }) },
	],
	[
		"the same on what many press again and again",
		(on) => presses(on, on.element(), [0, 400, 800, 1200, 1600, 2000, 2400], { answer: MUTATION }),
		[],
		{
			elementOf: () => ({
				...habits,
				bursts: 250,
				burstLength: 5,
				sessions: 900,
				burstSessions: 300,
			}),
		},
	],
	[
		"a word that is selected by a double and a triple click",
		(on) => {
			const text = on.element({ tag: "p", text: "A paragraph" });
			on.press(0, text)
				.press(200, text, { answer: [["selection", 20, "inside"]] })
				.press(400, text);
		},
		["dead_static"],
	],
	[
		"a field whose text is selected by three clicks",
		(on) => presses(on, on.element({ tag: "input", role: "textbox" }), [0, 200, 400]),
		[],
	],
	[
		"an editable part of the page that says nothing of itself",
		(on) => {
			const editor = on.element({ tag: "div" });
			presses(on, editor, [0, 200, 400]);
			on.field(5000, editor);
		},
		[],
	],
	["a game on a canvas", (on) => presses(on, on.element({ tag: "canvas" }), BURST), []],
	["a range of a film", (on) => presses(on, on.element({ tag: "video" }), BURST), []],
	[
		"a list of the browser's",
		(on) => presses(on, on.element({ tag: "select", role: "combobox" }), BURST),
		[],
	],
	[
		"links that are opened in tabs of their own",
		(on) => presses(on, on.element({ tag: "a" }), BURST, { isModified: true }),
		[],
	],
	[
		"a label whose box is checked by it",
		(on) => presses(on, on.element({ tag: "label" }), BURST, { answer: [["input", 8, "near"]] }),
		[],
	],
	[
		"impatience while the next page is loaded",
		(on) => {
			const link = on.element({ tag: "a" });
			for (const at of [0, 500, 1000]) {
				on.press(at, link, { answer: [["unload", 2600 - at, "elsewhere"]], watchedMs: 2600 - at });
			}
			on.page(2900, "/next");
		},
		["slow"],
	],
	[
		"presses of which nobody knows what came of them",
		(on) => presses(on, on.element(), BURST, { answer: false }),
		[],
	],
	[
		"presses on neighbours in a calendar",
		(on) => {
			for (const [index, at] of BURST.entries())
				on.press(at, on.element(), { x: 100 + 40 * index, answer: MUTATION });
		},
		[],
	],
	[
		"a burst behind which the visitor closes the page",
		(on) => {
			const button = on.element();
			for (const at of [1000, 1390, 1940, 2260]) {
				const answer = [["hidden", 2437 - at, "elsewhere"]] as [["hidden", number, "elsewhere"]];
				on.press(at, button, { answer, watchedMs: 2452 - at });
			}
			on.visible(2437, 0).leave(2437, "open").leave(2452, "unload");
		},
		["rage"],
	],
	[
		"presses on what opens a window each, to which the visitor comes back",
		(on) => {
			const button = on.element();
			for (const at of [1000, 1500, 2000]) {
				on.press(at, button, { answer: [["hidden", 300, "elsewhere"]], watchedMs: 310 });
			}
			on.visible(2300, 0).visible(9000, 1);
		},
		[],
	],
	[
		"a burst, and what another press changes and where it leads",
		(on) => {
			const button = on.element();
			for (const at of [1000, 1900, 2700, 3400]) {
				const answer: [["mutation", number, "elsewhere"], ["unload", number, "elsewhere"]] = [
					["mutation", 4920 - at, "elsewhere"],
					["unload", 5510 - at, "elsewhere"],
				];
				on.press(at, button, { answer, watchedMs: 5510 - at });
			}
			on.press(4900, on.element({ tag: "a" }), {
				x: 700,
				answer: [["unload", 610, "elsewhere"]],
				watchedMs: 610,
			});
			on.page(5700, "/next");
		},
		["rage", "dead"],
	],
	[
		"a link that is slow, and another that is taken meanwhile",
		(on) => {
			const answer = (ms: number) =>
				[["unload", ms, "elsewhere"]] as [["unload", number, "elsewhere"]];
			on.press(0, on.element({ tag: "a" }), { answer: answer(4400), watchedMs: 4400 });
			on.press(3500, on.element({ tag: "a" }), { x: 700, answer: answer(900), watchedMs: 900 });
			on.page(4700, "/next");
		},
		[],
	],
	// Dead
	["a press that nothing answers", (on) => on.press(0, on.element()), ["dead"]],
	[
		"a key press that nothing answers",
		(on) => on.press(0, on.element(), { pointer: "key" }),
		["dead"],
	],
	["a press with a ticker beside it", (on) => on.press(0, on.element(), { ambient: 6 }), ["dead"]],
	[
		"a change elsewhere long after, which nothing asked for",
		(on) => on.press(0, on.element(), { answer: [["mutation", 5200, "elsewhere"]] }),
		["dead"],
	],
	["a press that is dragged away", (on) => on.press(0, on.element(), { clicked: 0 }), []],
	[
		"a page that is left after two seconds",
		(on) => on.press(0, on.element(), { watchedMs: 2000 }),
		[],
	],
	["a link that opens a tab", (on) => on.press(0, on.element({ tag: "a" })).leave(3, "open"), []],
	["a link to a download", (on) => on.press(0, on.element({ tag: "a" })).leave(3, "download"), []],
	[
		"a link to a file that the server sends",
		(on) => on.press(0, on.element({ tag: "a", link: "/files/terms.pdf" })),
		[],
	],
	[
		"a link to the page that is shown",
		(on) => on.page(9000, "/a").press(12_000, on.element({ tag: "a", link: "/a" })),
		[],
	],
	["a button that copies", (on) => on.press(0, on.element()).leave(40, "copy"), []],
	["a button that prints", (on) => on.press(0, on.element()).leave(60, "print"), []],
	["a button that plays", (on) => on.press(0, on.element()).media(90, 0), []],
	[
		"a program of its own that opens",
		(on) =>
			on.press(0, on.element({ tag: "a" }), {
				answer: [["hidden", 300, "elsewhere"]],
				watchedMs: 7000,
			}),
		[],
	],
	[
		"a toggle that changes a class alone",
		(on) => on.press(0, on.element(), { answer: [["mutation", 2, "inside"]] }),
		[],
	],
	[
		"a box",
		(on) =>
			on.press(0, on.element({ tag: "input", role: "checkbox" }), {
				answer: [["input", 4, "inside"]],
			}),
		[],
	],
	[
		"a field that gets the caret",
		(on) => on.press(0, on.element({ tag: "input", role: "textbox" })),
		[],
	],
	[
		"a request at an even pace that happened to begin then",
		(on) => {
			for (let at = 0; at <= 60_000; at += 5000) on.request(at, "/api/poll");
			on.press(14_600, on.element(), { answer: [["request", 400, "elsewhere"]] });
		},
		["dead"],
	],
	// Disabled
	[
		"two presses on what is switched off",
		(on) => presses(on, on.element(), [0, 4000], { isDisabled: true, clicked: 0 }),
		["dead_disabled"],
	],
	[
		"one press on what is switched off",
		(on) => on.press(0, on.element(), { isDisabled: true, clicked: 0 }).page(60_000, "/next"),
		[],
	],
	[
		"one press on what is switched off, and away",
		(on) =>
			on
				.press(0, on.element(), { isDisabled: true, clicked: 0 })
				.leave(4000, "unload")
				.page(4500, "/next"),
		["dead_disabled"],
	],
	[
		"what says why it is switched off",
		(on) =>
			presses(on, on.element(), [0, 4000], { isDisabled: true, clicked: 0, answer: MUTATION }),
		[],
	],
	// Static
	["a press on a picture", (on) => on.press(0, on.element({ tag: "img" })), ["dead_static"]],
	[
		"a press that brings the window to the front",
		(on) =>
			on
				.visible(100, 0)
				.visible(5000, 1)
				.press(5300, on.element({ tag: "img" })),
		[],
	],
	[
		"a press that leaves a field",
		(on) =>
			on
				.press(1000, on.element({ tag: "p" }))
				.field(1004, on.element({ tag: "input", role: "textbox" })),
		[],
	],
	[
		"a text that is selected",
		(on) => on.press(0, on.element({ tag: "p" }), { answer: [["selection", 300, "inside"]] }),
		[],
	],
	[
		"an overlay that is closed by a press beside it",
		(on) => on.press(0, on.element({ tag: "p" }), { answer: [["mutation", 10, "elsewhere"]] }),
		[],
	],
	// Slow
	[
		"an answer after two seconds",
		(on) => on.press(0, on.element(), { answer: LATER(2000) }),
		["slow"],
	],
	[
		"a request and nothing to see",
		(on) => on.press(0, on.element(), { answer: [["request", 30, "elsewhere"]] }),
		["slow"],
	],
	[
		"a request that is late and shows",
		(on) =>
			on.press(0, on.element(), {
				answer: [
					["request", 30, "elsewhere"],
					["mutation", 5500, "elsewhere"],
				],
			}),
		["slow"],
	],
	[
		"a request with a spinner",
		(on) =>
			on.press(0, on.element(), {
				answer: [
					["request", 30, "elsewhere"],
					["mutation", 40, "inside"],
				],
			}),
		[],
	],
	[
		"a form that is sent and comes back late",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.press(0, on.element()).submit(20, form, "navigation", 2500);
		},
		["slow"],
	],
	// Errors
	[
		"an error behind a press",
		(on) => on.press(0, on.element(), { answer: MUTATION }).error(200),
		["error"],
	],
	[
		"a request that is refused",
		(on) => on.press(0, on.element(), { answer: MUTATION }).request(60, "/api/cart", 500),
		["error"],
	],
	[
		"a burst that breaks something",
		(on) => {
			presses(on, on.element(), BURST, { answer: MUTATION });
			on.error(1100);
		},
		["error", "rage"],
	],
	[
		"an error that comes all the time",
		(on) => {
			for (let at = 0; at < 20_000; at += 4000) on.error(at);
			on.press(11_900, on.element(), { answer: MUTATION });
		},
		[],
	],
	[
		"an error of an extension",
		(on) =>
			on
				.press(0, on.element(), { answer: MUTATION })
				.error(100, { url: "chrome-extension://abc/x.js" }),
		[],
	],
	[
		"an error of which browsers tell nothing",
		(on) =>
			on
				.press(0, on.element(), { answer: MUTATION })
				.error(100, { message: "Script error.", url: "" }),
		[],
	],
	[
		"an advertisement that is refused",
		(on) =>
			on.press(0, on.element(), { answer: MUTATION }).request(60, "https://ads.example.net/a", 404),
		[],
	],
	[
		"an API of the same site that refuses",
		(on) =>
			on
				.press(0, on.element(), { answer: MUTATION })
				.request(60, "https://api.shop.example/a", 404),
		["error"],
	],
	[
		"a probe whether somebody is signed in",
		(on) => on.press(0, on.element(), { answer: MUTATION }).request(60, "/api/me", 401),
		[],
	],
	["an error without a press", (on) => on.error(5000), []],
	// Keys
	[
		"four strokes on a dead button",
		(on) => presses(on, on.element(), [0, 400, 900, 1300], { pointer: "key" }),
		["rage_key", "dead"],
	],
	[
		"four strokes that are answered",
		(on) => presses(on, on.element(), [0, 400, 900, 1300], { pointer: "key", answer: MUTATION }),
		[],
	],
	// Shift, mis-tap, zoom, thrash, input
	[
		"a press on what has just moved",
		(on) => {
			const button = on.element();
			on.press(1000, button, { answer: MUTATION }).vital(1160, "shift", 44, button);
		},
		["shift"],
	],
	[
		"a press on what moved by a press",
		(on) => {
			const button = on.element();
			on.press(600, on.element(), { answer: MUTATION, x: 700 })
				.press(1000, button, { answer: MUTATION })
				.vital(1160, "shift", 44, button);
		},
		[],
	],
	[
		"a carousel's next that slides",
		(on) => {
			const next = on.element({ text: "Next", isRepeatable: true });
			on.press(1000, next, { answer: MUTATION }).vital(1160, "shift", 300, next);
		},
		[],
	],
	[
		"a tap, what opens closed, and the neighbour",
		(on) => {
			const tap = { pointer: "touch" as const, answer: MUTATION };
			on.press(0, on.element(), tap)
				.press(1500, on.element(), { ...tap, x: 600, state: "open" })
				.press(2600, on.element(), { ...tap, y: 140 });
		},
		["mis_tap"],
	],
	[
		"a tap, back, and the neighbour",
		(on) => {
			const tap = { pointer: "touch" as const, answer: MUTATION };
			on.press(0, on.element({ key: "a" }), tap)
				.page(300, "/a")
				.back(2500)
				.press(4000, on.element({ key: "b" }), { ...tap, y: 140 });
		},
		["quick_back", "mis_tap"],
	],
	[
		"a tap, back, and the same",
		(on) => {
			const tap = { pointer: "touch" as const, answer: MUTATION };
			on.press(0, on.element({ key: "a" }), tap)
				.page(300, "/a")
				.back(9500)
				.press(11_000, on.element({ key: "a" }), tap);
		},
		[],
	],
	["zooming in", (on) => on.leave(100, "zoom", 150), ["zoom"]],
	["zooming out", (on) => on.leave(100, "zoom", 100), []],
	["a pointer that is thrown to and fro", (on) => on.move(30_000, 9, 20_000), ["thrash"]],
	[
		"a mouse that wakes the screen",
		(on) => on.visible(2000, 0).visible(18_000, 1).move(30_000, 9, 20_000),
		[],
	],
	["some turns of the pointer", (on) => on.move(30_000, 5, 20_000), []],
	[
		"a page that is stuck after a press",
		(on) => {
			const button = on.element();
			on.press(0, button, { answer: MUTATION }).vital(9000, "inp", 740, button);
		},
		["slow_input"],
	],
	[
		"a page that is stuck after one of two",
		(on) => {
			const button = on.element();
			presses(on, button, [0, 5000], { answer: MUTATION });
			on.vital(9000, "inp", 740, button);
		},
		[],
	],
	// Navigation
	["there and back within three seconds", (on) => on.page(5000, "/a").back(8000), ["quick_back"]],
	["there and back after a read", (on) => on.page(5000, "/a").back(25_000), []],
	[
		"there and back after a press",
		(on) => {
			on.page(5000, "/a");
			on.press(6000, on.element(), { answer: MUTATION }).back(8000);
		},
		[],
	],
	["a redirect", (on) => on.page(5000, "/a").back(5100), []],
	[
		"a list that is read by opening it",
		(on) => on.page(5000, "/a").back(8000),
		[],
		{ pageOf: () => ({ ...pageHabits, backShare: 0.6 }) },
	],
	[
		"a tab that was left in between",
		(on) => on.page(5000, "/a").visible(5500, 0).visible(7000, 1).back(8000),
		[],
	],
	[
		"two reloads within a minute",
		(on) => on.page(20_000, "/", "reload").page(50_000, "/", "reload"),
		["reload"],
	],
	["one reload", (on) => on.page(20_000, "/", "reload"), []],
	[
		"a reload after a dead press",
		(on) => on.press(10_000, on.element()).page(20_000, "/", "reload"),
		["dead", "reload"],
	],
	[
		"round in circles",
		(on) => {
			for (const [index, path] of ["/a", "/b", "/a", "/b", "/a"].entries())
				on.page(20_000 * (index + 1), path);
		},
		["loop"],
		{ pageOf: () => pageHabits },
	],
	[
		"a list with its items",
		(on) => {
			for (const [index, path] of ["/list", "/x", "/list", "/y", "/list"].entries())
				on.page(20_000 * (index + 1), path);
		},
		[],
		{ pageOf: () => ({ ...pageHabits, visits: 4 }) },
	],
	[
		"circles where nothing is known",
		(on) => {
			for (const [index, path] of ["/a", "/b", "/a", "/b", "/a"].entries())
				on.page(20_000 * (index + 1), path);
		},
		[],
	],
	// Hesitation
	[
		"a press after seconds of resting",
		(on) => on.press(20_000, on.element(), { hoverMs: 6000, answer: MUTATION }),
		["hesitation"],
		{ timeOf: () => ({ count: 50, location: Math.log(300), scale: 0.8 }) },
	],
	[
		"the same where nothing is known",
		(on) => on.press(20_000, on.element(), { hoverMs: 6000, answer: MUTATION }),
		[],
	],
	[
		"a press after seconds where everybody takes them",
		(on) => on.press(20_000, on.element(), { hoverMs: 6000, answer: MUTATION }),
		[],
		{ timeOf: () => ({ count: 50, location: Math.log(4000), scale: 0.8 }) },
	],
	[
		"seconds in which the page was out of sight",
		(on) =>
			on
				.visible(14_200, 0)
				.visible(19_600, 1)
				.press(20_000, on.element(), { hoverMs: 6000, answer: MUTATION }),
		[],
		{ timeOf: () => ({ count: 50, location: Math.log(300), scale: 0.8 }) },
	],
	[
		"a field that waits for its first letter",
		(on) =>
			on.field(30_000, on.element({ tag: "input", role: "textbox" }), {
				focusMs: 14_000,
				firstInputMs: 12_000,
			}),
		["hesitation"],
		{
			timeOf: (measure) => ({
				count: 50,
				location: Math.log(measure === "field" ? 900 : 9000),
				scale: 0.8,
			}),
		},
	],
	[
		"a field that was filled in by the browser",
		(on) =>
			on.field(30_000, on.element({ tag: "input", role: "textbox" }), {
				focusMs: 14_000,
				firstInputMs: 12_000,
				autofilled: 1,
			}),
		[],
		{ timeOf: () => ({ count: 50, location: Math.log(900), scale: 0.8 }) },
	],
	[
		"a field in which writing takes long",
		(on) =>
			on.field(60_000, on.element({ tag: "input", role: "textbox" }), {
				focusMs: 28_000,
				firstInputMs: 700,
			}),
		["field_slow"],
		{
			timeOf: (measure) => ({
				count: 50,
				location: Math.log(measure === "field" ? 900 : 2000),
				scale: 0.8,
			}),
		},
	],
	// Forms
	[
		"much that is taken back",
		(on) =>
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { edits: 20, deletions: 8 }),
		["correction"],
	],
	[
		"a typo",
		(on) =>
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { edits: 20, deletions: 2 }),
		[],
	],
	[
		"a search that is changed while it finds",
		(on) =>
			on.field(9000, on.element({ tag: "input", role: "searchbox" }), { edits: 20, deletions: 8 }),
		[],
	],
	[
		"a field that is emptied and filled twice",
		(on) =>
			on.field(9000, on.element({ tag: "input", role: "textbox" }), {
				edits: 9,
				deletions: 2,
				emptied: 2,
			}),
		["correction"],
	],
	[
		"a field that is refused at two attempts",
		(on) => {
			const field = on.element({ tag: "input", role: "textbox" });
			for (const at of [5000, 9000]) on.field(at, field, { end: "submit", invalid: 1, submits: 1 });
		},
		["validation_loop"],
	],
	[
		"a field that is refused once",
		(on) =>
			on.field(5000, on.element({ tag: "input", role: "textbox" }), {
				end: "submit",
				invalid: 1,
				submits: 1,
			}),
		[],
	],
	[
		"a field that is refused while one types",
		(on) => {
			const field = on.element({ tag: "input", role: "textbox" });
			for (const at of [5000, 9000]) on.field(at, field, { invalid: 1 });
		},
		[],
	],
	[
		"a form that is refused three times, and sent",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			for (const at of [1000, 5000, 9000]) on.submit(at, form, "invalid");
			on.submit(12_000, form, "navigation", 300);
		},
		["validation_loop"],
	],
	[
		"a form that is refused and left",
		(on) =>
			on
				.submit(1000, on.element({ tag: "form", role: "form" }), "invalid")
				.leave(9000, "unload")
				.page(9500, "/away"),
		["form_abandon"],
	],
	[
		"a form that is sent",
		(on) =>
			on
				.submit(1000, on.element({ tag: "form", role: "form" }), "navigation", 200)
				.page(9500, "/thanks"),
		[],
	],
	[
		"a form that stays and says thank you",
		(on) =>
			on
				.submit(1000, on.element({ tag: "form", role: "form" }), "none", 5000)
				.page(19_500, "/next"),
		[],
	],
	[
		"a form that is refused and sent from the next page",
		(on) => {
			on.submit(1000, on.element({ tag: "form", role: "form", key: "checkout" }), "invalid").page(
				5000,
				"/",
			);
			on.submit(
				9000,
				on.element({ tag: "form", role: "form", key: "checkout" }),
				"unload",
				100,
			).page(9500, "/thanks");
		},
		[],
	],
	[
		"a field that nobody had touched",
		(on) =>
			on.field(5000, on.element({ tag: "input", role: "textbox" }), {
				end: "submit",
				focusMs: 0,
				firstInputMs: -1,
				edits: 0,
				length: 0,
				invalid: 1,
				submits: 1,
			}),
		["blank_submit"],
	],
	[
		"a field that may stay empty",
		(on) =>
			on.field(5000, on.element({ tag: "input", role: "textbox" }), {
				end: "submit",
				focusMs: 0,
				firstInputMs: -1,
				edits: 0,
				length: 0,
				submits: 1,
			}),
		[],
	],

	// Hands, fingers and what was begun
	[
		"a card with a hand that does nothing",
		(on) => on.press(0, on.element({ tag: "div" }), { hasHand: true }),
		["dead"],
	],
	[
		"a picture with a hand that answers",
		(on) => on.press(0, on.element({ tag: "img" }), { hasHand: true, answer: MUTATION }),
		[],
	],
	[
		"a card with a hand that answers late",
		(on) => on.press(0, on.element({ tag: "div" }), { hasHand: true, answer: LATER(2500) }),
		["slow"],
	],
	[
		"a swipe that nothing answers",
		(on) => on.swipe(0, on.element({ tag: "img" }), -120),
		["dead_swipe"],
	],
	[
		"a press by a hand that was left there while somebody wrote",
		(on) => {
			on.field(20_000, on.element({ tag: "input", role: "textbox" }), { firstInputMs: 300 });
			on.press(20_010, on.element(), { answer: MUTATION, hoverMs: 18_000 });
		},
		[],
		{
			timeOf: (measure) =>
				measure === "press" ? { count: 40, location: Math.log(400), scale: 0.6 } : undefined,
		},
	],
	[
		"a link to another program",
		(on) => on.press(0, on.element({ tag: "a" }), { isAway: true }),
		[],
	],
	[
		"a swipe that turns a carousel",
		(on) => on.swipe(0, on.element({ tag: "img" }), -120, { answer: MUTATION }),
		[],
	],
	[
		"a swipe at the end of a row that scrolls",
		(on) => on.swipe(0, on.element({ tag: "img" }), -120, { layer: "scroller" }),
		[],
	],
	[
		"a swipe from the edge of the screen",
		(on) => on.swipe(0, on.element({ tag: "p" }), 200, { x: 8 }),
		[],
	],
	["a swipe on a canvas", (on) => on.swipe(0, on.element({ tag: "canvas" }), 200), []],
	["stays without a press", (on) => on.dither(9000, on.element()), ["dither"]],
	[
		"stays before a press",
		(on) => {
			const buy = on.element();
			on.dither(9000, buy).press(20_000, buy, { answer: MUTATION });
		},
		[],
	],
	[
		"stays on a menu that opens under the pointer",
		(on) => on.dither(9000, on.element()),
		[],
		{
			elementOf: () => ({ ...habits, dithers: 150 }),
			pageOf: () => pageHabits,
		},
	],
	["turns of scrolling", (on) => on.scroll(20_000, 5, 1000), ["scroll_hunt"]],
	["reading back once", (on) => on.scroll(20_000, 2, 1000), []],
	[
		"turns of scrolling by a table of contents",
		(on) => {
			const link = on.element({ tag: "a" });
			for (const at of [12_000, 14_000, 16_000]) {
				on.press(at, link, { answer: [["scroll", 20, "elsewhere"]] });
			}
			on.scroll(20_000, 5, 1000);
		},
		[],
	],
	[
		"turns of scrolling where everybody scrolls so",
		(on) => on.scroll(20_000, 5, 1000),
		[],
		{
			pageOf: () => ({ ...pageHabits, turns: { count: 200, location: Math.log1p(5), scale: 0.4 } }),
		},
	],
	[
		"two reloads where everybody reloads",
		(on) => on.page(5000, "/", "reload").page(9000, "/", "reload"),
		[],
		{ pageOf: () => ({ ...pageHabits, reloadShare: 0.4 }) },
	],
	[
		"a form that was begun and left",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.field(4000, on.element({ tag: "input", role: "textbox" }), { form });
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { form });
			on.leave(12_000, "unload").page(12_500, "/away");
		},
		["form_abandon"],
	],
	[
		"a form that was begun and sent",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.field(4000, on.element({ tag: "input", role: "textbox" }), { form });
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { form });
			on.submit(10_000, form, "navigation", 300).leave(12_000, "unload").page(12_500, "/thanks");
		},
		[],
	],
	[
		"one field of a form",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.field(4000, on.element({ tag: "input", role: "textbox" }), { form });
			on.leave(12_000, "unload").page(12_500, "/away");
		},
		[],
	],
	[
		"a draft that the page keeps",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.field(4000, on.element({ tag: "input", role: "textbox" }), { form });
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { form });
			on.request(9300, "/api/draft").leave(12_000, "unload").page(12_500, "/away");
		},
		[],
	],
	[
		"a step of a form that a button ends",
		(on) => {
			const form = on.element({ tag: "form", role: "form" });
			on.field(4000, on.element({ tag: "input", role: "textbox" }), { form });
			on.field(9000, on.element({ tag: "input", role: "textbox" }), { form });
			on.press(9500, on.element(), { answer: [["navigation", 80, "elsewhere"]], watchedMs: 90 });
			on.page(9590, "/pay", "push");
		},
		[],
	],
	[
		"an element pressed three times, and which of them was stuck",
		(on) => {
			const button = on.element();
			presses(on, button, [0, 4000, 8000], { answer: MUTATION });
			on.vital(20_000, "inp", 900, button, 15_950);
		},
		["slow_input"],
	],
	[
		"a dead press that only counts visitors on another site",
		(on) =>
			on
				.press(1000, on.element(), { answer: [["request", 40, "elsewhere"]] })
				.request(1040, "https://counter.example.net/hit", 200, 60),
		["dead"],
	],
	[
		"a press whose request is told behind that of a poll",
		(on) => {
			for (const at of [0, 2000, 4000, 6000, 8000, 10_000]) on.request(at, "/api/poll");
			on.press(5940, on.element(), { answer: [["request", 60, "elsewhere"]] });
			on.request(5990, "/api/cart", 200, 8000);
		},
		["slow"],
	],
	[
		"a dead link, and whoever pressed it went elsewhere",
		(on) =>
			on.press(0, on.element({ tag: "a" }), {
				answer: [["unload", 3800, "elsewhere"]],
				watchedMs: 3800,
			}),
		[],
	],
	[
		"a submit button without a form that takes the focus",
		(on) =>
			on.press(0, on.element({ tag: "input", role: "button" }), {
				answer: [["focus", 17, "inside"]],
			}),
		["dead"],
	],
];

test.each(CASES)("%s", (_, make, want, baselines) => {
	expect(kindsOf(make, baselines).sort()).toEqual([...want].sort());
});

test("every kind of signal is found somewhere, and most of what looks like one is none", () => {
	const found = new Set(CASES.flatMap(([, , want]) => want));
	expect([...found].sort()).toEqual([...SIGNAL_KINDS].sort());
	expect(CASES.filter(([, , want]) => want.length === 0).length).toBeGreaterThan(40);
});

test("a burst that began before anybody looked says of how many presses it is known what came of them", () => {
	const made = makeSession().page(0);
	const button = made.element();
	made.press(1000, button, { answer: false });
	presses(made, button, [1500, 2000, 2500, 3000]);
	const [rage] = detect(made.parts, NO_BASELINES).episodes[0]?.signals ?? [];
	expect(rage?.numbers).toMatchObject({ presses: 5, told: 4, answered: 0 });
	expect(rage && explain(rage)).toBe("5 presses in 2.0 s on “Apply coupon”, none of 4 answered");
});

test("a verdict names its version and baselines, and says in a sentence what it was judged by", () => {
	const made = makeSession().page(0);
	presses(made, made.element(), [1000, 1600, 2200, 2900]);
	const { detectors, baselines, episodes, friction } = detect(made.parts, {
		...NO_BASELINES,
		name: "b1",
	});
	expect([detectors, baselines]).toEqual([DETECTORS, "b1"]);
	expect(episodes).toHaveLength(1);
	expect(episodes[0]?.kind).toBe("rage");
	const [rage] = episodes[0]?.signals ?? [];
	expect(rage && explain(rage)).toBe("4 presses in 1.9 s on “Apply coupon”, none answered");
	expect(friction).toBeGreaterThan(20);
});

test("every kind has a sentence that says its numbers and no word of what anybody felt", () => {
	for (const [, make, , baselines] of CASES) {
		const made = makeSession().page(0);
		make(made);
		for (const signal of detect(made.parts, { ...NO_BASELINES, ...baselines }).signals) {
			const sentence = explain(signal);
			expect(sentence).toMatch(/^[A-Z\d].{10,}[^.]$/);
			expect(sentence).not.toMatch(/undefined|NaN|confus|frustrat|angr| {2}/i);
		}
	}
});
