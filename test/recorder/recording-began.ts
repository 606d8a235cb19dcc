// The recorder comes in two steps, and after the page: what a test does before is told late.
import type { Page } from "puppeteer-core";

type Recorded = { snag?: { reason?: string } };

/** The recorder itself is there and records. */
export async function recordingBegan(page: Page): Promise<void> {
	await page.waitForFunction(() => (window as Recorded).snag?.reason === "");
}
