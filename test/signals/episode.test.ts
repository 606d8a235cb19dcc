import { expect, test } from "vitest";
import { detect } from "../../signals/detect.ts";
import { frictionOf, joinEpisodes, severityOf } from "../../signals/episode.ts";
import type { Target, View } from "../../signals/observation.ts";
import type { Signal } from "../../signals/signal.ts";
import { makeSession, START } from "./made-session.ts";

const VIEW: View = {
	...{ stream: "s", tab: "t", number: 0, url: "https://shop.example/", page: "/" },
	...{ reached: "load", from: 0, to: 100_000, isLast: true },
};

function target(number: number): Target {
	const [key, tag, role, text, link] = [`k${number}`, "button", "button", "Pay", ""];
	return { number, key, tag, role, text, link, isRepeatable: false };
}

function signal(at: number, rest: Partial<Signal> = {}): Signal {
	return {
		...{ kind: "dead", at, to: at, view: VIEW, element: target(1), point: [100, 100] },
		...{ confidence: 1, verdict: "", numbers: {} },
		...rest,
	};
}

test.each<[string, Signal[], number]>([
	["on one element within five seconds", [signal(0), signal(5000)], 1],
	["on one element later", [signal(0), signal(5001)], 2],
	["that follow one another for long", [signal(0), signal(4000), signal(8000), signal(12_000)], 1],
	["behind a long burst", [signal(0, { kind: "rage", to: 9000 }), signal(12_000)], 1],
	["on a neighbour", [signal(0), signal(1000, { element: target(2), point: [160, 180] })], 1],
	["far away", [signal(0), signal(1000, { element: target(2), point: [400, 100] })], 2],
	["of another page view", [signal(0), signal(1000, { view: { ...VIEW, number: 1 } })], 2],
	[
		"of two places that a third one joins",
		[
			signal(0),
			signal(1000, { element: target(2), point: [280, 100] }),
			signal(2000, { element: target(3), point: [190, 100] }),
		],
		1,
	],
	[
		"without a place",
		[signal(0, { kind: "thrash", element: undefined, point: undefined }), signal(100)],
		2,
	],
	[
		"of pictures alone",
		[signal(0, { kind: "dead_static" }), signal(100, { kind: "dead_static" })],
		0,
	],
])("signals %s are as many episodes as they should be", (_, signals, want) => {
	expect(joinEpisodes(signals)).toHaveLength(want);
});

test("an episode is named after its gravest signal and begins five seconds before its first", () => {
	const late = signal(10_000, { kind: "slow" });
	const [episode] = joinEpisodes([late, signal(12_000, { kind: "error", element: target(1) })]);
	expect(episode).toMatchObject({ kind: "error", at: 10_000, to: 12_000, replayAt: 5000 });
	expect(episode?.severity).toBeCloseTo(1 - 0.4 * 0.1, 9);
});

test("the presses of a burst are part of it, and more of the same are no worse", () => {
	const rage = signal(0, { kind: "rage", to: 2000, confidence: 0.75 });
	expect(severityOf([rage, signal(0), signal(1000)])).toBeCloseTo(0.6, 9);
	expect(severityOf([signal(0), signal(100), signal(200)])).toBeCloseTo(0.6, 9);
	expect(severityOf([signal(0, { kind: "slow" }), signal(0, { kind: "hesitation" })])).toBeCloseTo(
		0.6,
		9,
	);
});

test("half-sure episodes of a session add up to less than all of it", () => {
	const [one] = joinEpisodes([signal(0)]);
	const episodes = one === undefined ? [] : [one, one];
	expect(frictionOf(episodes.slice(1))).toBeCloseTo(36, 9);
	expect(frictionOf(episodes)).toBeCloseTo(100 * (1 - 0.64 ** 2), 9);
});

test.each<[string, number, boolean]>([
	["within a minute", 30_000, true],
	["later", 70_000, false],
])("help that is asked for %s behind an episode makes it worse or not", (_, at, isWorse) => {
	const made = makeSession().page(0);
	const [pay, help] = [made.element(), made.element({ tag: "a", text: "Help" })];
	made.press(1000, pay).press(1000 + at, help, { answer: [["mutation", 90, "elsewhere"]] });
	const [episode] = detect(made.parts).episodes;
	expect(episode?.at).toBe(START + 1000);
	expect(episode?.isHelpSought).toBe(isWorse);
	expect(episode?.severity).toBeCloseTo(isWorse ? 1 - 0.7 ** 1.3 : 0.3, 9);
});
