// Rules and declarations as texts that can be compared. The replayer writes every `:hover` a second time
// as a class; an imported sheet is recorded in the place of its rule.
import { cleanCss } from "../../../recorder/privacy/clean-css.ts";
import { resolveCssUrls } from "./normal-url.ts";

export function normalizeSheet(sheet: CSSStyleSheet): string[] {
	return [...sheet.cssRules].flatMap(normalizeRule);
}

/** Of an attribute: in which order the properties stand does not matter to a replay of changes. */
export function normalizeStyle(style: CSSStyleDeclaration | undefined): string {
	if (style === undefined) return "";
	return [...style]
		.map((name) => {
			const priority = style.getPropertyPriority(name);
			return `${name}: ${clean(style.getPropertyValue(name))}${priority ? " !important" : ""}`;
		})
		.sort()
		.join("; ");
}

function normalizeRule(rule: CSSRule): string[] {
	const imported = (rule as CSSImportRule).styleSheet;
	if (imported) return wrapImported(rule as CSSImportRule, normalizeSheet(imported));
	const { selectorText, style } = rule as CSSStyleRule;
	const { cssRules } = rule as CSSGroupingRule;
	const isStyle = rule.constructor.name === "CSSStyleRule";
	if (!isStyle && !cssRules) return [clean(rule.cssText)];
	const head = isStyle ? withoutHoverClasses(selectorText) : rule.cssText.split("{", 1)[0]?.trim();
	const inner = [...(cssRules ?? [])].flatMap(normalizeRule).join(" ");
	return [`${head} { ${isStyle ? clean(style.cssText) : ""} ${inner} }`.replace(/\s+/g, " ")];
}

/** `@import url(a.css) layer(base) supports(display: grid) print` */
function wrapImported(
	{ layerName, supportsText, media }: CSSImportRule,
	rules: string[],
): string[] {
	const heads = [
		media.mediaText && `@media ${media.mediaText}`,
		supportsText &&
			`@supports ${supportsText.startsWith("(") ? supportsText : `(${supportsText})`}`,
		layerName !== null && layerName !== undefined && `@layer ${layerName}`.trim(),
	].filter((head) => typeof head === "string" && head !== "");
	if (heads.length === 0) return rules;
	return heads.reduce(
		(inner, head) => [`${head} { ${inner.join(" ")} }`.replace(/\s+/g, " ")],
		rules,
	);
}

/** `a:hover, a.\:hover` → `a:hover`; commas inside brackets are no ends. */
function withoutHoverClasses(selector: string): string {
	return selector
		.split(/,(?![^([]*[)\]])/)
		.map((part) => part.trim())
		.filter((part) => !part.includes("\\:hover"))
		.join(", ");
}

function clean(css: string): string {
	return cleanCss(resolveCssUrls(css));
}
