// The measured pages, and the document that each of them is.
import type { MeasuredRecorder } from "./recorders.ts";
import { LOAD_MARK } from "./trace.ts";

export interface MeasuredPage {
	name: string;
	kind: "stress" | "size" | "application";
	/** File in `pages/`. */
	file: string;
	/** Further parameters of its address. */
	query?: string;
	/** How long it changes and its visitor acts; 0 for a page that is only loaded. */
	seconds: number;
}

const SECONDS = 10;
const QUICK_SECONDS = 3;
/** A page of this name shows what a framework does; the framework is the name of its file. */
const APPLICATIONS = ["react", "vue", "svelte", "preact", "solid", "lit", "vanilla"];

export function listPages({ quick }: { quick: boolean }): MeasuredPage[] {
	const seconds = quick ? QUICK_SECONDS : SECONDS;
	const size = (thousands: number): MeasuredPage => ({
		...{ name: `${thousands}k nodes`, kind: "size", file: "size", seconds: 0 },
		query: `nodes=${thousands * 1000}`,
	});
	return [
		{ name: "stress", kind: "stress", file: "stress", seconds },
		...[size(10), size(50)],
		...APPLICATIONS.map(
			(file): MeasuredPage => ({ name: file, kind: "application", file, seconds }),
		),
	];
}

export function findAddress(page: MeasuredPage, recorder: MeasuredRecorder): string {
	const { file, query = "", seconds, kind } = page;
	const late = kind === "size" ? 1 : 0;
	const name = encodeURIComponent(recorder.name);
	return `/${file}?recorder=${name}&seconds=${seconds}&late=${late}&seed=7&${query}`;
}

/**
 * The recorder is loaded as its makers say, without blocking, from the head. On a page that is only big it
 * comes a second after everything else (as a tag manager brings it), or its work would be part of one task
 * with the first layout.
 *
 * @param script attributes of the recorder's script element
 */
export function createDocument(url: URL, script: Record<string, string>, styles: string): string {
	const load = `
		performance.mark("${LOAD_MARK}");
		const attributes = Object.entries(${JSON.stringify(script)});
		if (attributes.length > 0) {
			const script = document.createElement("script");
			for (const [name, value] of attributes) script.setAttribute(name, value);
			document.head.append(script);
		}`;
	const isLate = url.searchParams.get("late") === "1";
	const head = isLate ? `addEventListener("load", () => setTimeout(() => {${load}}, 1000));` : load;
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>
		<meta name="viewport" content="width=device-width"><style>${styles}</style>
		<script>{${head}}</script></head><body><p class="bench-begin">This is the beginning.</p>
		<script src="/pages${url.pathname}.js"></script></body></html>`;
}
