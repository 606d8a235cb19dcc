// The colours of a map. All ramps get lighter from end to end, so they read without colour vision and in
// print, which a rainbow does not. Inferno (van der Walt and Smith, matplotlib, CC0) for most; cividis
// (Nuñez, Anderton and Renslow 2018, CC0) looks the same with and without red-green vision; one hue for print. PuOr
// (Brewer and Harrower, Apache-2.0) is for differences, whose middle means none.

export const RAMPS = ["inferno", "cividis", "ink"] as const;
export type RampName = (typeof RAMPS)[number];

type Color = readonly [red: number, green: number, blue: number];
type Stop = readonly [position: number, color: Color, opacity: number];

const STOPS: Readonly<Record<RampName, readonly Stop[]>> = {
	inferno: [
		[0, [66, 10, 104], 0],
		[0.04, [87, 16, 110], 0.45],
		[0.2, [120, 28, 109], 0.72],
		[0.4, [171, 44, 94], 0.84],
		[0.6, [225, 82, 58], 0.9],
		[0.8, [249, 146, 18], 0.93],
		[0.92, [248, 207, 70], 0.95],
		[1, [252, 255, 164], 1],
	],
	cividis: [
		[0, [0, 34, 78], 0],
		[0.04, [0, 44, 100], 0.5],
		[0.2, [43, 67, 110], 0.74],
		[0.4, [87, 92, 110], 0.84],
		[0.6, [128, 122, 120], 0.9],
		[0.8, [181, 163, 104], 0.93],
		[1, [254, 232, 56], 1],
	],
	ink: [
		[0, [8, 48, 107], 0],
		[0.04, [8, 62, 128], 0.45],
		[0.25, [20, 90, 160], 0.75],
		[0.5, [66, 146, 198], 0.86],
		[0.75, [158, 202, 225], 0.92],
		[1, [247, 251, 255], 1],
	],
};

/** From what became less to what became more. */
const DIFFERENCE: readonly Stop[] = [
	[0, [127, 59, 8], 0.72],
	[0.25, [224, 130, 20], 0.66],
	[0.5, [216, 216, 216], 0.5],
	[0.75, [128, 115, 172], 0.66],
	[1, [45, 0, 75], 0.72],
];

const TABLE_SIZE = 256;
const FILL = 0.5;

/** @returns RGBA bytes of TABLE_SIZE colours, the opacity in each fourth byte */
export function rampTable(name: RampName): Uint8ClampedArray {
	const table = new Uint8ClampedArray(TABLE_SIZE * 4);
	for (let at = 0; at < TABLE_SIZE; at++) {
		const { color, opacity } = mix(STOPS[name], at / (TABLE_SIZE - 1));
		table.set([...color, opacity * 255], at * 4);
	}
	return table;
}

/**
 * For what is filled: so much that it reads, so little that what is under it does.
 *
 * @param position 0-1 along the ramp
 */
export function rampColor(name: RampName, position: number, most = FILL): string {
	const { color, opacity } = mix(STOPS[name], position);
	return toCss(color, opacity * most);
}

/** @param position 0 for as much less as can be, 0.5 for no difference, 1 for as much more */
export function differenceColor(position: number): string {
	const { color, opacity } = mix(DIFFERENCE, position);
	return toCss(color, opacity);
}

/** For a legend: the colours without their opacity, from left to right. */
export function rampCss(name: RampName | "difference"): string {
	const stops = name === "difference" ? DIFFERENCE : STOPS[name];
	const colors = stops.map(([position, color]) => `${toCss(color, 1)} ${position * 100}%`);
	return `linear-gradient(to right, ${colors.join(", ")})`;
}

function mix(stops: readonly Stop[], position: number): { color: Color; opacity: number } {
	const next = stops.findIndex(([at]) => at >= position);
	const [to, from] = [stops[next] ?? stops.at(-1), stops[Math.max(0, next - 1)]];
	if (to === undefined || from === undefined) throw new RangeError("a ramp without colours");
	const share = to[0] === from[0] ? 1 : (position - from[0]) / (to[0] - from[0]);
	const between = (a: number, b: number) => a + (b - a) * Math.min(1, Math.max(0, share));
	const color = [0, 1, 2].map((band) =>
		Math.round(between(from[1][band] ?? 0, to[1][band] ?? 0)),
	) as unknown as Color;
	return { color, opacity: between(from[2], to[2]) };
}

function toCss([red, green, blue]: Color, opacity: number): string {
	return `rgb(${red} ${green} ${blue} / ${Math.round(opacity * 1000) / 1000})`;
}
