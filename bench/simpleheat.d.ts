declare module "simpleheat" {
	export interface Simpleheat {
		data(points: [number, number, number][]): Simpleheat;
		max(value: number): Simpleheat;
		radius(reach: number, blur: number): Simpleheat;
		draw(): Simpleheat;
	}
	export default function simpleheat(canvas: HTMLCanvasElement): Simpleheat;
}
