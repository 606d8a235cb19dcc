/** What buyers say. Few pieces have their own, so each shows three of the pool, always the same. */
export interface Voice {
	name: string;
	town: string;
	text: string;
}

const pool: readonly Voice[] = [
	{
		name: "Hanna",
		town: "Lewes",
		text: "Heavier than it looks, in the good way. The glaze pools a little at the bottom and I look for it every morning.",
	},
	{
		name: "Oke",
		town: "Husum",
		text: "One arrived with a crack. I wrote on Sunday, the new one was here on Wednesday, with a card.",
	},
	{
		name: "Rosalind",
		town: "Whitstable",
		text: "Four years, two toddlers, one chip. We now own nine pieces and have stopped pretending it is for guests.",
	},
	{
		name: "Tomasz",
		town: "Leith",
		text: "The colour in the kitchen is a shade darker than on my screen. I like it better.",
	},
	{
		name: "Bea",
		town: "Galway",
		text: "Bought as a present and kept. Then bought again as a present.",
	},
];

export function pickVoices(at: number): Voice[] {
	return [0, 1, 2].flatMap((step) => pool[(at + step * 2) % pool.length] ?? []);
}
