// Rules of a sheet as text, as a replay may have them.
import { maskStyles } from "../../privacy/mask-content.ts";
import { absoluteCss, type Refer } from "./absolute-css.ts";

/** Rules of a sheet of another origin may not be read. */
export function readRules(sheet: CSSStyleSheet): CSSRuleList | undefined {
	try {
		return sheet.cssRules;
	} catch {
		return undefined;
	}
}

export function writeRules(rules: CSSRuleList, base: string, refer?: Refer): string {
	let css = "";
	for (const rule of rules) {
		const { styleSheet, media, supportsText, layerName } = rule as CSSImportRule;
		const inside = styleSheet ? readRules(styleSheet) : undefined;
		if (inside === undefined) {
			css += absoluteCss(rule.cssText, base, refer);
			continue;
		}
		let imported = writeRules(inside, styleSheet?.href ?? base, refer);
		const conditions = [
			["media", media.mediaText],
			["supports", supportsText && `(${supportsText})`],
			["layer", layerName],
		];
		for (const [name, text] of conditions) if (text) imported = `@${name} ${text}{${imported}}`;
		css += imported;
	}
	return css;
}

/** As many as the browser would make of this text, NaN where that cannot be asked. */
export function countRules(text: string, replaceNatively: CSSStyleSheet["replaceSync"]): number {
	if (text.trim() === "") return 0;
	try {
		const sheet = new CSSStyleSheet();
		replaceNatively.call(sheet, text);
		return sheet.cssRules.length;
	} catch {
		return Number.NaN;
	}
}

/** Without what URLs may carry. */
export function cleanRules(css: string): string {
	const told = { css };
	maskStyles(told);
	return told.css;
}
