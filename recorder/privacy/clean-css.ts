// Style sheets name images and fonts by URLs whose queries may carry tokens.
import { mapCssUrls } from "../../protocol/asset.ts";
import { cleanAttributeUrl } from "./clean-attribute-url.ts";
import type { Level } from "./private-content.ts";

/** CSS text → the same with every URL in it cleaned. */
export function cleanCss(css: string, level?: Level): string {
	return mapCssUrls(css, (url, place) => cleanAttributeUrl(url, level, place === "url"));
}
