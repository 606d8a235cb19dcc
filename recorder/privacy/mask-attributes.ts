// Attributes of a recorded element after privacy. Changes them in place: a snapshot has tens of
// thousands, and they were made for us alone.
import { maskText } from "../../protocol/text-rule.ts";
import { cleanAttributeUrl, cleanSourceSet } from "./clean-attribute-url.ts";
import { cleanCss } from "./clean-css.ts";
import { maskTyped } from "./mask-typed.ts";
import { kindOfValue } from "./private-content.ts";

export type Attributes = Record<string, unknown>;

/** What privacy must know of an element beyond the attributes at hand. */
export interface MaskedElement {
	/** Lower case. */
	tag: string;
	/** Of an input, lower case, else "". */
	type: string;
	svg: boolean;
	/** It stands in private content. */
	hidden: boolean;
	/** Of a meta element, its name, which a change of its content comes without. */
	metaName?: string;
}

const TEXTS =
	/^(?:title|alt|placeholder|label|summary|aria-(?:label|description|placeholder|valuetext|roledescription))$/;
const URLS =
	/^(?:rr_src|href|src|action|formaction|poster|data|xlink:href|background|cite|longdesc|manifest|codebase|classid|profile|archive|icon|lowsrc|dynsrc)$/;
/** Scripts, state of form controls, and what only serves tracking or the browser's own checks. */
const DROPPED =
	/^(?:on.*|ping|srcdoc|nonce|integrity|checked|selected|aria-valuenow|data-rr-is-password)$/;
const META_NAMES = ["viewport", "theme-color", "color-scheme"];
/** Elements whose `value` is neither typed nor chosen. */
const OPEN_VALUES = ["li", "progress", "meter"];

export function maskAttributes(attributes: Attributes, element: MaskedElement): void {
	for (const name of Object.keys(attributes)) {
		const value = attributes[name];
		// null says that the attribute was removed.
		if (value === null) continue;
		const masked = maskAttribute(name.toLowerCase(), value, element, attributes);
		if (masked === undefined) delete attributes[name];
		else attributes[name] = masked;
	}
}

function maskAttribute(
	name: string,
	value: unknown,
	element: MaskedElement,
	attributes: Attributes,
): unknown {
	if (DROPPED.test(name)) return undefined;
	if (name === "style") return maskStyle(value);
	if (typeof value !== "string") return value;
	if (name === "_csstext") return cleanCss(value);
	if (name === "value") return maskValue(value, element);
	if (name === "content" && element.tag === "meta") {
		const named = String(attributes.name ?? element.metaName).toLowerCase();
		return META_NAMES.includes(named) ? value : undefined;
	}
	if (name === "srcset" || name === "imagesrcset") return cleanSourceSet(value);
	if (URLS.test(name)) return maskUrl(value, element);
	if (TEXTS.test(name)) return element.hidden ? undefined : maskText(value, 200);
	// Wherever a page keeps URLs of its own (`data-src`), their queries stay behind too.
	return /^\s*(?:https?:)?\/\//i.test(value) ? cleanAttributeUrl(value) : value;
}

function maskValue(value: string, { tag, type }: MaskedElement): string | undefined {
	if (OPEN_VALUES.includes(tag)) return value;
	switch (kindOfValue(tag, type)) {
		case "typed":
			return maskTyped(value);
		case "label":
			return maskText(value);
		case "hidden":
			return undefined;
	}
}

function maskUrl(value: string, { tag, svg }: MaskedElement): string {
	const isPicture = svg && tag !== "a";
	return isPicture && value.startsWith("#") ? value : cleanAttributeUrl(value, isPicture);
}

/** A `style` attribute, or rrweb's difference of one: property → value, [value, priority] or false. */
function maskStyle(style: unknown): unknown {
	if (typeof style === "string") return cleanCss(style);
	if (Array.isArray(style)) return style.map(maskStyle);
	if (typeof style !== "object" || style === null) return style;
	return Object.fromEntries(Object.entries(style).map(([name, value]) => [name, maskStyle(value)]));
}
