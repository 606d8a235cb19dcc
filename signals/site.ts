// Whose address it is. What advertises and counts stands elsewhere than the page.
import { hostOf } from "../protocol/clean-url.ts";

/** The last two words of the host of a clean URL. */
export function siteOf(url: string): string {
	return hostOf(url).replace(/:\d+$/, "").split(".").slice(-2).join(".");
}
