/** Geometry of a turned body: from one side to a closed, smooth outline. The foot stands on y = 0. */
import type { Form } from "../goods/forms.ts";

type Point = readonly [x: number, y: number];

export function formHeight(form: Form): number {
	return form.side[0]?.[1] ?? 0;
}

export function rimRadius(form: Form): number {
	return form.side[0]?.[0] ?? 0;
}

export function widestRadius(form: Form): number {
	return Math.max(...form.side.map(([radius]) => radius));
}

/** Radius at a height, straight between the given points: near enough for bands and handles. */
export function radiusAt(form: Form, height: number): number {
	for (let at = 1; at < form.side.length; at++) {
		const [upper, lower] = [form.side[at - 1], form.side[at]];
		if (upper === undefined || lower === undefined || height < lower[1]) continue;
		const share = (height - lower[1]) / (upper[1] - lower[1] || 1);
		return lower[0] + (upper[0] - lower[0]) * Math.min(1, share);
	}
	return form.side.at(-1)?.[0] ?? 0;
}

/** Down the left side, around the foot, up the right side, over the back of the rim. */
export function outlineBody(form: Form, scale: number): string {
	const right = form.side.map(([radius, height]): Point => [radius * scale, -height * scale]);
	const left = right.map(([x, y]): Point => [-x, y]);
	const foot = (form.side.at(-1)?.[0] ?? 0) * scale;
	const rim = rimRadius(form) * scale;
	return [
		`M${left[0]?.map(round).join(" ")}`,
		smooth(left),
		`A${round(foot)} ${round(foot * form.tilt * 0.6)} 0 0 0 ${round(foot)} 0`,
		smooth([...right].reverse()),
		`A${round(rim)} ${round(rim * form.tilt)} 0 0 0 ${round(-rim)} ${round(-formHeight(form) * scale)}Z`,
	].join("");
}

/** A Catmull-Rom spline through all points, as Béziers, to go on from the first of them. */
export function smooth(points: readonly Point[]): string {
	return points
		.slice(1)
		.map((to, at) => {
			const from = points[at] ?? to;
			const before = points[at - 1] ?? from;
			const after = points[at + 2] ?? to;
			const bend = (axis: 0 | 1) => [
				round(from[axis] + (to[axis] - before[axis]) / 6),
				round(to[axis] - (after[axis] - from[axis]) / 6),
			];
			const [x1, x2] = bend(0);
			const [y1, y2] = bend(1);
			return `C${x1} ${y1} ${x2} ${y2} ${round(to[0])} ${round(to[1])}`;
		})
		.join("");
}

/** A tenth of a pixel is finer than any screen shows and keeps the pages small. */
export function round(value: number): number {
	return Math.round(value * 10) / 10;
}
