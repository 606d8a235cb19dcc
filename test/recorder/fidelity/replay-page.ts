// Runs in the browser: rebuilds a page by rrweb's replayer and says what it shows.
import type { RrwebEvent } from "../../../protocol/packed-event.ts";
import { withReplayer } from "../../replay/proof/with-replayer.ts";
import { type NormalNode, normalizeDocument } from "./normal-tree.ts";

declare global {
	interface Window {
		/** @returns the error of a replayer that could not go on */
		rebuild(events: readonly RrwebEvent[]): Promise<NormalNode | string>;
		/** Leaves the page standing in the upper left corner, as large as it was, to be looked at. */
		stand(events: readonly RrwebEvent[]): Promise<void>;
		/** @returns the share of pixels that differ, 0 … 1; @param live PNG files in base 64 */
		compareShots(live: string, replay: string): Promise<number>;
	}
}

const DRAWN_MS = 1000;

window.rebuild = async (events) => {
	const at = events.at(-1)?.timestamp ?? 0;
	try {
		return await withReplayer(events, at, async ({ iframe }) => {
			// A sheet that is replaced is so in the next task.
			await new Promise((resolve) => setTimeout(resolve, 0));
			return iframe.contentDocument ? normalizeDocument(iframe.contentDocument) : "nothing";
		});
	} catch (cause) {
		return String(cause);
	}
};

window.stand = (events) =>
	new Promise((stands, fails) => {
		withReplayer(events, events.at(-1)?.timestamp ?? 0, async ({ wrapper, iframe }) => {
			document.body.style.margin = "0";
			wrapper.style.cssText = "position: absolute; left: 0; top: 0";
			iframe.style.cssText = "border: 0; display: block";
			for (const child of wrapper.children) {
				if (child !== iframe) (child as HTMLElement).style.display = "none";
			}
			if (iframe.contentDocument) await whenDrawn(iframe.contentDocument);
			await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
			stands();
			await new Promise(() => undefined);
		}).catch(fails);
	});

/** Pictures that are loaded only when they are scrolled to never come; nor do fonts, where Firefox waits. */
async function whenDrawn({ fonts, images }: Document): Promise<void> {
	const drawn = [fonts.ready, ...[...images].map((picture) => picture.decode())];
	const late = new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
	await Promise.race([late, Promise.allSettled(drawn)]);
}

window.compareShots = async (live, replay) => {
	const [left, right] = await Promise.all([readPixels(live), readPixels(replay)]);
	if (left.length !== right.length) return 1;
	let unlike = 0;
	for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) unlike++;
	return unlike / left.length;
};

async function readPixels(png: string): Promise<Uint32Array> {
	const response = await fetch(`data:image/png;base64,${png}`);
	const picture = await createImageBitmap(await response.blob());
	const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
	if (context === null) throw new Error("no canvas");
	context.drawImage(picture, 0, 0);
	return new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
}
