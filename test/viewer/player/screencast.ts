// What a person would have seen: every frame that the browser drew, and how much of the replayed page's
// place in it was of one colour. A flash of white or of nothing shows as a frame that is all one.
import type { Page } from "puppeteer-core";

export interface Screencast {
	/** Ends it. Of each frame, the share (0-1) of its most frequent colour, in order. */
	stop(): Promise<number[]>;
}

interface Place {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** @param place to look at, CSS pixels of a page without scale */
export async function startScreencast(page: Page, place: Place): Promise<Screencast> {
	const client = await page.createCDPSession();
	const frames: string[] = [];
	client.on("Page.screencastFrame", ({ data, sessionId }) => {
		frames.push(data);
		client.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
	});
	await client.send("Page.startScreencast", { format: "jpeg", quality: 60, everyNthFrame: 1 });
	return {
		async stop() {
			await client.send("Page.stopScreencast");
			await client.detach();
			const looker = await page.browser().newPage();
			const shares: number[] = [];
			for (const frame of frames)
				shares.push(await looker.evaluate(shareOfOneColour, frame, place));
			await looker.close();
			return shares;
		},
	};
}

/** Runs in a page, so it stands alone. Shades that only a picture's compression makes count as one. */
async function shareOfOneColour(frame: string, place: Place): Promise<number> {
	const bytes = Uint8Array.from(atob(frame), (char) => char.charCodeAt(0));
	const image = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
	const canvas = new OffscreenCanvas(160, 100);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("no canvas");
	const { left, top, width, height } = place;
	context.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height);
	const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
	const counts = new Map<number, number>();
	for (let at = 0; at < data.length; at += 4) {
		const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
		const colour = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	return Math.max(...counts.values()) / (canvas.width * canvas.height);
}
