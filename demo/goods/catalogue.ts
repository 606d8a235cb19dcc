/**
 * Everything the shop sells. Twelve pieces are enough to fill a listing and to make filters worth
 * pressing. The first glaze is the one a piece is shown in; the second size is chosen beforehand.
 */
import type { FormId } from "./forms.ts";
import type { GlazeId } from "./glazes.ts";

export interface Size {
	id: string;
	name: string;
	measure: string;
	price: number;
	soldOut?: boolean;
	/** Sold out and looking as if it were not: one of the planted faults. */
	isQuiet?: boolean;
}

export interface Product {
	slug: string;
	name: string;
	kind: KindId;
	form: FormId;
	decoration: "plain" | "bands" | "dip" | "bare-foot";
	line: string;
	story: string;
	glazes: readonly [GlazeId, ...GlazeId[]];
	sizes: readonly [Size, ...Size[]];
	featured?: boolean;
	fresh?: boolean;
}

export const kinds = {
	cups: "Cups",
	table: "Bowls & plates",
	pouring: "Pouring",
	vases: "Vases & planters",
} as const;
export type KindId = keyof typeof kinds;

const sized = (measures: [string, string, string], prices: [number, number, number]) =>
	[
		{ id: "s", name: "Small", measure: measures[0], price: prices[0] },
		{ id: "m", name: "Medium", measure: measures[1], price: prices[1] },
		{ id: "l", name: "Large", measure: measures[2], price: prices[2] },
	] as const;

export const catalogue: readonly Product[] = [
	{
		slug: "fleet-mug",
		name: "Fleet mug",
		kind: "cups",
		form: "mug",
		decoration: "bare-foot",
		line: "A two-finger handle and a foot left bare.",
		story:
			"The mug we drink from ourselves. The wall is thrown thin, the rim rolled slightly outward, and the handle pulled from the same clay so that it never feels stuck on.",
		glazes: ["oyster", "dusk", "kelp"],
		sizes: sized(["250 ml", "350 ml", "450 ml"], [2400, 2800, 3400]),
		featured: true,
	},
	{
		slug: "wader-jug",
		name: "Wader jug",
		kind: "pouring",
		form: "jug",
		decoration: "dip",
		line: "Long in the neck, sure in the pour.",
		story:
			"A jug for water, for milk, for the first daffodils. The lip is cut with a wire while the clay is still wet; that is why it does not drip.",
		glazes: ["ironstone", "tern", "samphire"],
		sizes: sized(["0.6 l", "1 l", "1.6 l"], [5200, 6400, 8200]),
		featured: true,
	},
	{
		slug: "ebb-bowl",
		name: "Ebb bowl",
		kind: "table",
		form: "bowl",
		decoration: "bands",
		line: "Deep enough for soup, light enough to hold.",
		story:
			"Thrown in one pull and turned once. The bands are brushed on while the wheel runs down, so no two bowls keep the same time.",
		glazes: ["dusk", "samphire", "oyster"],
		sizes: sized(["12 cm", "16 cm", "21 cm"], [1900, 2600, 3800]),
		featured: true,
	},
	{
		slug: "full-moon-jar",
		name: "Full moon jar",
		kind: "vases",
		form: "moon",
		decoration: "plain",
		line: "Two bowls joined at the waist. Not quite round.",
		story:
			"Two halves, thrown apart and joined rim to rim, then left to lean a little in the fire. We open the kiln on these four times a year and keep a list.",
		glazes: ["tern", "oyster", "ironstone"],
		sizes: [
			{ id: "s", name: "Small", measure: "22 cm", price: 14500 },
			{ id: "m", name: "Medium", measure: "30 cm", price: 21000 },
			{ id: "l", name: "Large", measure: "38 cm", price: 32000, soldOut: true },
		],
		featured: true,
		fresh: true,
	},
	{
		slug: "curlew-tumbler",
		name: "Curlew tumbler",
		kind: "cups",
		form: "tumbler",
		decoration: "dip",
		line: "No handle, just a waist where the hand goes.",
		story: "For water at noon and wine at nine. Dipped twice, so the glaze overlaps in a slant.",
		glazes: ["samphire", "tern", "ironstone"],
		sizes: sized(["150 ml", "220 ml", "300 ml"], [1800, 2200, 2600]),
	},
	{
		slug: "creek-teapot",
		name: "Creek teapot",
		kind: "pouring",
		form: "teapot",
		decoration: "bare-foot",
		line: "Pours to the last drop, and stops there.",
		story:
			"Eleven parts, two days and a fair amount of held breath. There is a strainer behind the spout, and the lid stays on when you tilt it.",
		glazes: ["kelp", "samphire", "oyster"],
		sizes: sized(["0.5 l", "0.8 l", "1.2 l"], [8400, 9600, 11800]),
		fresh: true,
	},
	{
		slug: "slack-water-plate",
		name: "Slack water plate",
		kind: "table",
		form: "plate",
		decoration: "bands",
		line: "A flat plate with a shore around it.",
		story:
			"Low rim, wide well, and glazed underneath too, so a stack of them does not scratch. Fits the rack of an ordinary dishwasher.",
		glazes: ["oyster", "dusk", "samphire"],
		sizes: sized(["18 cm", "23 cm", "27 cm"], [2200, 2800, 3400]),
	},
	{
		slug: "reed-vase",
		name: "Reed vase",
		kind: "vases",
		form: "bud",
		decoration: "plain",
		line: "For one stem, found on a walk.",
		story: "The neck is as narrow as a finger, so that a single stem stands up straight.",
		glazes: ["ironstone", "kelp", "oyster"],
		sizes: sized(["12 cm", "18 cm", "26 cm"], [2600, 3400, 4800]),
	},
	{
		slug: "salt-cellar",
		name: "Salt cellar",
		kind: "table",
		form: "cellar",
		decoration: "bare-foot",
		line: "Keeps a pound of flakes dry beside the stove.",
		story:
			"Unglazed inside, so the clay drinks up the damp and the salt stays loose. The lid lifts with one wet hand.",
		glazes: ["tern", "kelp", "ironstone"],
		sizes: sized(["0.2 l", "0.4 l", "0.7 l"], [2600, 3000, 3800]),
	},
	{
		slug: "cordgrass-planter",
		name: "Cordgrass planter",
		kind: "vases",
		form: "planter",
		decoration: "bands",
		line: "Breathes at the bottom, drains to a hidden well.",
		story: "Raw clay below the line lets the roots breathe. A cork sits in the foot for the sill.",
		glazes: ["oyster", "tern", "kelp"],
		sizes: sized(["11 cm", "15 cm", "20 cm"], [3200, 4200, 5800]),
	},
	{
		slug: "spring-tide-bowl",
		name: "Spring tide bowl",
		kind: "table",
		form: "basin",
		decoration: "dip",
		line: "The big one in the middle of the table.",
		story:
			"Salad for eight, noodles for four, or all the lemons. Heavy at the foot, so it stays put when people help themselves.",
		glazes: ["ironstone", "dusk", "oyster"],
		sizes: [
			{ id: "s", name: "Small", measure: "26 cm", price: 5400 },
			{ id: "m", name: "Medium", measure: "31 cm", price: 6800 },
			{ id: "l", name: "Large", measure: "36 cm", price: 8800, soldOut: true, isQuiet: true },
		],
	},
	{
		slug: "sluice-bottle",
		name: "Sluice bottle",
		kind: "pouring",
		form: "bottle",
		decoration: "bare-foot",
		line: "Olive oil, out of the light.",
		story: "Stoneware keeps the light off good oil. Closed with a turned cork, washed by hand.",
		glazes: ["dusk", "oyster", "samphire"],
		sizes: [
			{ id: "s", name: "Small", measure: "0.3 l", price: 3400 },
			{ id: "m", name: "Medium", measure: "0.5 l", price: 4200 },
			{ id: "l", name: "Large", measure: "0.75 l", price: 5200, soldOut: true, isQuiet: true },
		],
	},
];

export function findProduct(slug: string): Product | undefined {
	return catalogue.find((product) => product.slug === slug);
}

/** The size a visitor has not chosen yet: the second where there is one. */
export function defaultSize(product: Product): Size {
	return product.sizes[1] ?? product.sizes[0];
}
