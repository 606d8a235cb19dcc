/** The six glazes. `backdrop` is the paper a pot of that glaze is photographed on. */
export const glazes = {
	oyster: {
		name: "Oyster",
		base: "#ebe4d6",
		dark: "#b9ac95",
		light: "#fbf8f1",
		backdrop: "#c4705a",
		note: "Tin white over buff clay, warm where it thins on an edge.",
	},
	samphire: {
		name: "Samphire",
		base: "#7f9a62",
		dark: "#4c6338",
		light: "#b3c795",
		backdrop: "#f3d3c7",
		note: "Copper and reed ash, fired slowly until it turns to moss.",
	},
	dusk: {
		name: "Dusk",
		base: "#31506f",
		dark: "#182c42",
		light: "#6d8fae",
		backdrop: "#e9c46a",
		note: "Cobalt, thin as evening over wet sand.",
	},
	ironstone: {
		name: "Ironstone",
		base: "#a8492b",
		dark: "#64260f",
		light: "#d98259",
		backdrop: "#bfd6d1",
		note: "Red iron from the creek bed, breaking to gold at the rim.",
	},
	tern: {
		name: "Tern",
		base: "#a9bfc1",
		dark: "#6c8589",
		light: "#dbe7e7",
		backdrop: "#1f4a45",
		note: "A cool grey with a little blue in it, like the bird.",
	},
	kelp: {
		name: "Kelp",
		base: "#3c4234",
		dark: "#1c2018",
		light: "#737c62",
		backdrop: "#e3d5b4",
		note: "Almost black; olive when it catches the light.",
	},
} as const;

export type GlazeId = keyof typeof glazes;
export type Glaze = (typeof glazes)[GlazeId];
export const glazeIds = Object.keys(glazes) as GlazeId[];
