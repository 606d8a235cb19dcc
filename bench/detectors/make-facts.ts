// Hours of a busy visitor as facts, from a seed: pages, presses that are answered and some that are not, forms,
// requests, errors.
import { createRandom } from "../../demo/random.ts";
import {
	FACT_ANSWER,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_EXPOSED,
	FACT_FIELD,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_VISIBLE,
	FACT_VITAL,
	type Fact,
	type Response,
} from "../../protocol/fact.ts";
import type { FactsOfStream } from "../../signals/normalise/streams.ts";

export const HOUR_MS = 3_600_000;
const START = 1_795_000_000_000;
const SHOP = "https://shop.example";
const VIEWS_AN_HOUR = 60;
const PRESSES_A_VIEW = 15;
const REQUESTS_A_VIEW = 30;
const ELEMENTS = 40;
const CHUNK_FACTS = 20;

type Random = () => number;

export function makeFacts({ seed, hours }: { seed: number; hours: number }): FactsOfStream[] {
	const random = createRandom(seed);
	const viewMs = HOUR_MS / VIEWS_AN_HOUR;
	return Array.from({ length: hours * VIEWS_AN_HOUR }, (_, index) =>
		makeDocument(random, { index, from: START + index * viewMs, ms: viewMs }),
	).flat();
}

interface Visit {
	index: number;
	from: number;
	ms: number;
}

/** One document, in chunks as they are sent. */
function makeDocument(random: Random, { index, from, ms }: Visit): FactsOfStream[] {
	const pick = (count: number) => Math.floor(count * random());
	const moment = () => Math.round(from + 100 + (ms - 200) * random());
	const reached = random() < 0.1 ? "reload" : random() < 0.2 ? "history" : "load";
	const url = `${SHOP}/product/${pick(6)}`;
	const facts: Fact[] = [
		[FACT_PAGE, Math.round(from), 0, url, "Product", reached, 1280, 4000, 1280, 800],
		...Array.from({ length: ELEMENTS }, (_, number) => makeElement(random, from, number)),
	];
	for (let left = PRESSES_A_VIEW; left > 0; left--) facts.push(...makePresses(random, moment()));
	for (let left = REQUESTS_A_VIEW; left > 0; left--) {
		const status = random() < 0.02 ? 500 : 200;
		facts.push([FACT_REQUEST, moment(), 0, "fetch", `${SHOP}/api/${pick(9)}`, status, pick(400)]);
	}
	const field = (): Fact => [
		...([FACT_FIELD, moment(), 0, pick(ELEMENTS), "blur", 2000 + pick(9000), pick(3000)] as const),
		...([pick(20), pick(6), 0, pick(2), 2, 0, pick(2), pick(2)] as const),
	];
	facts.push(field(), field(), field());
	facts.push([FACT_SUBMIT, moment(), 0, 1, 1, 0, 1, random() < 0.5 ? "invalid" : "gone", 90]);
	facts.push([FACT_ERROR, moment(), 0, "error", `e${pick(5)}`, "It broke", `${SHOP}/app.js`]);
	facts.push([FACT_VITAL, moment(), 0, "inp", pick(900), pick(ELEMENTS)]);
	facts.push([FACT_MOVE, moment(), 0, pick(40), pick(10), moment(), [1, 2, 300, 4, 5, 600]]);
	facts.push([FACT_SCROLL, moment(), 0, 3000, 4000, pick(9), [9000, 4000, 100]]);
	facts.push([FACT_EXPOSED, moment(), 0, Array.from({ length: ELEMENTS }, (_, at) => at)]);
	facts.push([FACT_VISIBLE, moment(), 0], [FACT_VISIBLE, moment(), 1]);
	facts.sort((a, b) => a[1] - b[1]);
	const chunks: FactsOfStream[] = [];
	for (let at = 0; at < facts.length; at += CHUNK_FACTS) {
		const part = facts.slice(at, at + CHUNK_FACTS);
		chunks.push({ stream: `stream-${index}`, tab: "tab", facts: part });
	}
	return chunks;
}

function makeElement(random: Random, from: number, number: number): Fact {
	const [tag, role] = random() < 0.7 ? ["button", "button"] : ["img", "img"];
	return [
		...([FACT_ELEMENT, Math.round(from), number] as const),
		[
			["test", `data-qa=thing-${number}`],
			["path", `html > body > main > div:nth-of-type(${number + 1}) > ${tag}`],
		],
		...([tag, role, `Thing ${number}`, 0] as const),
	];
}

/** One press, or a burst of them, each with its answer. */
function makePresses(random: Random, at: number): Fact[] {
	const count = random() < 0.06 ? 5 : 1;
	const element = Math.floor(ELEMENTS * random());
	const isDead = random() < 0.1;
	const answers: Response[] = isDead ? [] : [["mutation", Math.round(2500 * random()), "near"]];
	return Array.from({ length: count }, (_, index): Fact[] => {
		const then = at + 300 * index;
		const x = 100 + 20 * element;
		return [
			[
				...([FACT_PRESS, then, 0, element, 9, 9, x, 300, "flow", "mouse", 1280, 800] as const),
				...([Math.round(900 * random()), 100, 0, ""] as const),
			],
			[FACT_ANSWER, then + 7000, 0, element, then, 1, 7000, 3, answers],
		];
	}).flat();
}
