import { expect, test } from "vitest";
import { createRandom } from "../../../demo/random.ts";
import { type Contribution, contribute } from "../../../signals/baseline/contribution.ts";
import { type Frozen, freezeBaselines, readBaselines } from "../../../signals/baseline/freeze.ts";
import { detect } from "../../../signals/detect.ts";
import { normalise } from "../../../signals/normalise/normalise.ts";
import { sortOut } from "../../../signals/observation.ts";
import { makeSession } from "../made-session.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const MUTATION = [["mutation", 100, "near"]] as [["mutation", number, "near"]];

interface Visit {
	/** Of the rest before each press. */
	times: number[];
	burst?: number;
}

/** A visitor who presses one button after the other. */
function visit({ times, burst = 0 }: Visit) {
	const made = makeSession().page(0, "/cart");
	let at = 0;
	for (const [index, hoverMs] of times.entries()) {
		at += 20_000;
		const button = made.element({ key: `button-${index}` });
		made.press(at, button, { hoverMs: Math.round(hoverMs), answer: MUTATION, x: 300 * index });
	}
	const plus = made.element({ key: "plus", text: "" });
	for (let one = 0; one < burst; one++)
		made.press(at + 9000 + 300 * one, plus, { answer: MUTATION });
	return made.parts;
}

function contributionOf(session: string, parts: ReturnType<typeof visit>): Contribution {
	return contribute(session, sortOut(normalise(parts)));
}

/** People of different paces, and buttons that take different times. */
function makePeople(count: number) {
	const random = createRandom(SEED);
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	return Array.from({ length: count }, () => {
		const pace = Math.exp(0.5 * normal());
		return Array.from({ length: 8 }, (_, at) => 200 * (1 + at) * pace * Math.exp(0.4 * normal()));
	});
}

const PEOPLE = makePeople(300);
const CROWD = PEOPLE.map((times, index) => contributionOf(`s${index}`, visit({ times })));

function hesitations(times: number[], frozen: Frozen): number {
	const { signals } = detect(visit({ times }), readBaselines(frozen));
	return signals.filter(({ kind }) => kind === "hesitation").length;
}

test("of people like those who are known, few presses are hesitations", () => {
	const frozen = freezeBaselines(CROWD, { name: "b1" });
	const others = makePeople(900).slice(300);
	const found = others.reduce((sum, times) => sum + hesitations(times, frozen), 0);
	expect(found / (others.length * 8)).toBeLessThan(0.01);
});

test("one press that takes a person ten times as long as it would is found, and whoever is slow throughout is not", () => {
	const frozen = freezeBaselines(CROWD, { name: "b1" });
	const others = makePeople(600).slice(300);
	const found = others.filter((times) => {
		return (
			hesitations(
				times.map((ms, at) => (at === 5 ? 10 * ms : ms)),
				frozen,
			) > 0
		);
	});
	expect(found.length / others.length).toBeGreaterThan(0.6);
	const usual = Array.from({ length: 8 }, (_, at) => 200 * (1 + at));
	expect(
		hesitations(
			usual.map((ms) => 3 * ms),
			frozen,
		),
	).toBe(0);
});

test("times that are all twice as long are as unusual as they were", () => {
	const twice = CROWD.map((one) => ({
		...one,
		times: one.times.map((row) => ({ ...row, y: row.y + Math.log(2) })),
	}));
	const times = Array.from({ length: 8 }, (_, at) => 200 * (1 + at) * (at === 5 ? 9 : 1));
	const z = (by: number, all: Contribution[]) =>
		detect(
			visit({ times: times.map((ms) => by * ms) }),
			readBaselines(freezeBaselines(all, { name: "b1" })),
		).signals.filter(({ kind }) => kind === "hesitation")[0]?.numbers.z;
	expect(z(1, CROWD)).toBeGreaterThan(2.5);
	expect(z(2, twice)).toBeCloseTo(z(1, CROWD) ?? 0, 2);
});

test("a session is never part of what it is judged by", () => {
	const [first] = CROWD;
	const without = freezeBaselines(CROWD, { name: "b1", without: first?.session ?? "" });
	expect(without).toEqual(freezeBaselines(CROWD.slice(1), { name: "b1" }));
	expect(without).not.toEqual(freezeBaselines(CROWD, { name: "b1" }));
});

test("what is frozen is JSON, the same in any order of the sessions", () => {
	const frozen = freezeBaselines(CROWD, { name: "b1" });
	const turned = freezeBaselines([...CROWD].reverse(), { name: "b1" });
	expect(JSON.parse(JSON.stringify(frozen))).toEqual(frozen);
	expect(turned).toEqual(frozen);
});

test("of a site with few sessions nothing is usual", () => {
	const frozen = freezeBaselines(CROWD.slice(0, 19), { name: "b1" });
	const times = [200, 400, 600, 800, 1000, 60_000, 1400, 1600];
	expect(hesitations(times, frozen)).toBe(0);
	expect(frozen.pages).toEqual({});
});

test("what many press again and again, answered each time, is meant for it", () => {
	const people = Array.from({ length: 250 }, (_, index) =>
		contributionOf(`p${index}`, visit({ times: [300], burst: index % 3 === 0 ? 5 : 1 })),
	);
	const rages = (contributions: Contribution[]) =>
		detect(
			visit({ times: [300], burst: 12 }),
			readBaselines(freezeBaselines(contributions, { name: "b1" })),
		).signals.filter(({ kind }) => kind === "rage").length;
	expect(rages(people)).toBe(0);
	const seldom = Array.from({ length: 2500 }, (_, index) =>
		contributionOf(`p${index}`, visit({ times: [300], burst: index % 10 === 0 ? 4 : 1 })),
	);
	expect(rages(seldom)).toBe(1);
});
