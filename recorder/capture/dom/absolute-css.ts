// URLs in a sheet are relative to it, and a replay has another address: they are told absolute, or by the
// name of the file.
import { nameCssUrls } from "../../../protocol/asset.ts";

/** Absolute URL of a file → what is told of it. */
export type Refer = (url: string) => string;

/** CSS text → the same with absolute URLs, or with names. */
export function absoluteCss(css: string, base: string, refer: Refer = (url) => url): string {
	return nameCssUrls(css, (url) => refer(new URL(url, base).href));
}
