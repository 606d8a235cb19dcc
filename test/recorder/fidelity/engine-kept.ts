// Page script: the recorder's own capture where files are told by name and kept by content, as it is on a
// site. What it uploads stays in the page, for the proof to hand to the replay.
import type { RrwebEvent } from "../../../protocol/packed-event.ts";
import { keepAssets } from "../../../recorder/assets/keep-assets.ts";
import { type DomWatch, watchDom } from "../../../recorder/capture/dom/watch-dom.ts";
import { createGuard } from "../../../recorder/guard.ts";
import { settleByTime } from "./engine.ts";
import type { KeptFiles } from "./kept-files.ts";
import { openLivePage } from "./live-page.ts";

declare global {
	interface Window {
		/** Resolves once every file that the page has loaded, and that is told, was kept. */
		readKept(): Promise<KeptFiles>;
	}
}

const ENDPOINT = "/i/key";
/** The recorder waits for a second, and then for a pause, before it keeps what it has named. */
const QUIET_MS = 2500;

const kept: KeptFiles = { sheets: {}, files: {}, bytes: {} };
let watch: DomWatch | undefined;
let lastAt = 0;

const asked = window.fetch.bind(window);
window.fetch = async (input, init) => {
	const [, hash] = /\/i\/key\/assets\/?(\w*)$/.exec(String(input)) ?? [];
	if (hash === undefined) return asked(input, init);
	if (hash === "") {
		const { hashes } = JSON.parse(String(init?.body)) as { hashes: string[] };
		return Response.json({ missing: hashes, found: {} });
	}
	const bytes = init?.body as Uint8Array;
	kept.bytes[hash] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
	return new Response(null, { status: 204 });
};

openLivePage({
	start: (emit) => {
		const guard = createGuard(
			() => performance.now(),
			() => undefined,
		);
		const assets = keepAssets([
			guard,
			ENDPOINT,
			false,
			setTimeout,
			(sheets, files) => {
				addPairs(kept.sheets, sheets);
				addPairs(kept.files, files);
				lastAt = performance.now();
			},
			(url) => watch?.tellLinked(url),
		]);
		const refer = (url: string): string => {
			lastAt = performance.now();
			return assets.refer(url);
		};
		// They are packed until they are where they are read.
		watch = watchDom(guard, ({ wire }) => emit(wire as RrwebEvent), { refer });
	},
	async settle() {
		await settleByTime();
		while (watch?.hasMore()) await new Promise(requestAnimationFrame);
		watch?.flush();
	},
});

window.readKept = async () => {
	while (performance.now() - lastAt < QUIET_MS) await new Promise(requestAnimationFrame);
	return kept;
};

function addPairs(names: Record<string, string>, pairs: readonly string[]): void {
	for (let at = 0; at < pairs.length; at += 2) names[pairs[at] ?? ""] = pairs[at + 1] ?? "";
}
