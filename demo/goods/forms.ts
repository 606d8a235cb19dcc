/**
 * The shapes on the shelf. A pot is a turned body, so one side of it is the whole pot: `side` lists
 * [radius, height] from rim to foot, in parts of the tallest piece. `tilt` is how far the eye looks
 * down into it (the height of a rim ellipse over its width).
 */
export interface Form {
	side: readonly (readonly [radius: number, height: number])[];
	tilt: number;
	handle?: { top: number; bottom: number; reach: number };
	spout?: "lip" | "tube";
	lid?: number;
	cork?: boolean;
	stems?: "reed" | "leaves";
}

export const forms = {
	mug: {
		side: [
			[0.27, 0.56],
			[0.262, 0.5],
			[0.268, 0.3],
			[0.27, 0.14],
			[0.245, 0.045],
			[0.2, 0],
		],
		tilt: 0.2,
		handle: { top: 0.44, bottom: 0.15, reach: 0.21 },
	},
	tumbler: {
		side: [
			[0.235, 0.58],
			[0.222, 0.48],
			[0.205, 0.3],
			[0.212, 0.14],
			[0.2, 0.04],
			[0.165, 0],
		],
		tilt: 0.2,
	},
	bowl: {
		side: [
			[0.43, 0.4],
			[0.42, 0.33],
			[0.36, 0.19],
			[0.25, 0.085],
			[0.17, 0.05],
			[0.16, 0],
		],
		tilt: 0.3,
	},
	basin: {
		side: [
			[0.49, 0.34],
			[0.485, 0.3],
			[0.42, 0.15],
			[0.28, 0.06],
			[0.19, 0.04],
			[0.18, 0],
		],
		tilt: 0.34,
	},
	plate: {
		side: [
			[0.5, 0.13],
			[0.49, 0.115],
			[0.38, 0.05],
			[0.27, 0.02],
			[0.25, 0],
		],
		tilt: 0.46,
	},
	jug: {
		side: [
			[0.16, 0.88],
			[0.142, 0.78],
			[0.15, 0.64],
			[0.235, 0.44],
			[0.275, 0.26],
			[0.245, 0.08],
			[0.19, 0],
		],
		tilt: 0.22,
		handle: { top: 0.79, bottom: 0.36, reach: 0.25 },
		spout: "lip",
	},
	teapot: {
		side: [
			[0.15, 0.45],
			[0.24, 0.41],
			[0.325, 0.29],
			[0.325, 0.17],
			[0.25, 0.05],
			[0.2, 0],
		],
		tilt: 0.2,
		handle: { top: 0.36, bottom: 0.12, reach: 0.26 },
		spout: "tube",
		lid: 0.09,
	},
	moon: {
		side: [
			[0.165, 0.84],
			[0.16, 0.8],
			[0.24, 0.76],
			[0.345, 0.67],
			[0.41, 0.54],
			[0.425, 0.41],
			[0.4, 0.27],
			[0.33, 0.13],
			[0.23, 0.03],
			[0.215, 0],
		],
		tilt: 0.22,
	},
	bud: {
		side: [
			[0.085, 0.7],
			[0.06, 0.64],
			[0.062, 0.5],
			[0.13, 0.36],
			[0.205, 0.2],
			[0.19, 0.06],
			[0.14, 0],
		],
		tilt: 0.24,
		stems: "reed",
	},
	cellar: {
		side: [
			[0.24, 0.38],
			[0.262, 0.34],
			[0.29, 0.2],
			[0.27, 0.06],
			[0.22, 0],
		],
		tilt: 0.22,
		lid: 0.13,
	},
	planter: {
		side: [
			[0.32, 0.48],
			[0.315, 0.43],
			[0.29, 0.22],
			[0.245, 0.05],
			[0.225, 0],
		],
		tilt: 0.22,
		stems: "leaves",
	},
	bottle: {
		side: [
			[0.07, 0.84],
			[0.06, 0.79],
			[0.062, 0.62],
			[0.105, 0.53],
			[0.2, 0.42],
			[0.215, 0.2],
			[0.2, 0.04],
			[0.17, 0],
		],
		tilt: 0.22,
		cork: true,
	},
} as const satisfies Record<string, Form>;

export type FormId = keyof typeof forms;

/** The form as its general type: every optional part can be asked for. */
export function findForm(id: FormId): Form {
	return forms[id];
}
