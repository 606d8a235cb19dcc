// Style sheets name images and fonts by URLs whose queries may carry tokens.
import { mapCssUrls } from "../../protocol/asset.ts";
import { cleanAttributeUrl } from "./clean-attribute-url.ts";

/** CSS text → the same with every URL in it cleaned. */
export function cleanCss(css: string): string {
	return mapCssUrls(css, (url, place) => cleanAttributeUrl(url, place === "url"));
}
