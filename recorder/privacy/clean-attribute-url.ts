// URLs in markup and styles: the rule of protocol/clean-url.ts, and what only a page needs besides.
import { isAssetReference } from "../../protocol/asset.ts";
import { cleanReference } from "../../protocol/clean-url.ts";
import type { Level } from "./private-content.ts";

const PICTURE = /^data:(?:image\/|font\/|application\/(?:x-)?font)/i;
const FRAGMENT = /#[\w.:-]{1,64}$/;

/**
 * @param level of what it stands in: pictures by value may say what private text must not
 * @param keepsFragment the fragment names a part of a picture (`<use href="icons.svg#cart">`)
 * @returns "" for what a replay must not have: scripts, and data that is no picture or font
 */
export function cleanAttributeUrl(value: string, level: Level = 0, keepsFragment = false): string {
	const url = value.trim();
	if (isAssetReference(url)) return url;
	if (/^data:/i.test(url)) return level === 0 && PICTURE.test(url) ? url : "";
	if (/^[a-z][a-z0-9+.-]*:/i.test(url) && !/^(?:https?|about|mailto|tel):/i.test(url)) return "";
	const fragment = keepsFragment ? (FRAGMENT.exec(url)?.[0] ?? "") : "";
	return cleanReference(url) + fragment;
}

/** `a.jpg?x 1x, b.jpg?y 2x` → `a.jpg 1x, b.jpg 2x`. */
export function cleanSourceSet(value: string, level: Level): string {
	const candidates = value.match(/[^\s,]\S*(?:\s+[\d.]+[wxh])?/g) ?? [];
	return candidates
		.map((candidate) => {
			const [url = "", ...descriptor] = candidate.split(/\s+/);
			return [cleanAttributeUrl(url.replace(/,+$/, ""), level), ...descriptor].join(" ");
		})
		.join(", ");
}
