// What of an attribute may leave the page: what a replay is drawn from and what elements are found by.
// Of names that are not known here only a word of the kind that style sheets select on is told, never
// data: `data-state="open"` and `_ngcontent-abc=""`, but not `data-user="Ada Lovelace"`.
import { isNaming, isTold } from "../../protocol/element-key.ts";
import { maskText } from "../../protocol/text-rule.ts";
import { cleanAttributeUrl, cleanSourceSet } from "./clean-attribute-url.ts";
import { cleanCss } from "./clean-css.ts";
import { maskContent } from "./mask-content.ts";
import { kindOfValue, type Level } from "./private-content.ts";

/** What privacy must know of an element beyond the attribute at hand. */
export interface MaskedElement {
	/** Lower case. */
	tag: string;
	/** Of an input, lower case, else "". */
	type: string;
	svg: boolean;
	/** Of its content, and but for a text area of itself. */
	level: Level;
	/** Of a meta element. */
	metaName?: string;
}

/** Whatever their value, data has no place in them. */
const DRAWN =
	/^(?:class|role|contenteditable|type|rel|media|(?:image)?sizes|charset|dir|lang|v?align|width|height|size|(?:col|row)?span|rows|cols|border|cell(?:padding|spacing)|[hv]space|margin(?:width|height)|frameborder|(?:bg)?color|face|start|tabindex|min|max|step|low|high|optimum|coords|usemap|part)$/;
/** The geometry of pictures and how they are painted and move. */
const DRAWN_SVG =
	/^(?:[cdf]?[xyrd]|[xyk][1-4]|r[xy]|in2?|opacity|color|filter|offset|points|orient|rotate|values|scale|radius|order|seed|slope|intercept|amplitude|exponent|azimuth|elevation|from|to|by|begin|dur|end|(?:fill|stroke|stop|flood|light|font|letter|word|marker|clip|mask|base|gradient|pattern|transform|key|text|start|path|std|table|kernel|surface|specular|diffuse|limit|ref|view|preserve|repeat)[-a-z]*)$/;
const TEXTS =
	/^(?:title|alt|placeholder|label|summary|aria-(?:label|description|placeholder|valuetext|roledescription))$/;
const URLS = /^(?:href|src|poster|data|xlink:href|background)$/;
/** Scripts, state of form controls, and what only serves tracking or the browser's own checks. */
const DROPPED =
	/^(?:on.*|ping|srcdoc|nonce|integrity|checked|selected|aria-valuenow|data-rr-is-password)$/;
const META_NAMES = /^(?:viewport|theme-color|color-scheme)$/i;
/** Elements whose `value` is neither typed nor chosen. */
const OPEN_VALUES = /^(?:li|progress|meter)$/;
/** Up to two digits, or a word with at most three. */
const WORD = /^(?:-?\d{0,2}|(?!(?:.*\d){4})[a-z_][\w-]{0,23})$/;

/** @returns undefined where a replay does without the attribute */
export function maskAttribute(
	name: string,
	value: string,
	element: MaskedElement,
): string | undefined {
	const { tag, svg, level } = element;
	const key = name.toLowerCase();
	if (key === "style") return cleanCss(value, level);
	// In what somebody writes, an address is written too.
	if (URLS.test(key)) return level === 2 ? "" : maskUrl(value, element);
	if (DRAWN.test(key) || (svg && DRAWN_SVG.test(key))) return value;
	// A label names its control by the id that this has.
	if (/^(?:id|for)$/.test(key)) return value.replace(/\S*@\S*/g, "•••");
	if (key === "value") return maskValue(value, element);
	if (DROPPED.test(key)) return undefined;
	if (TEXTS.test(key)) return level > 0 ? undefined : maskText(value, 200);
	if (key === "content" && tag === "meta") {
		return META_NAMES.test(element.metaName ?? "") ? value : undefined;
	}
	if (level === 2) return /^(?:true|false)?$/.test(value) ? value : undefined;
	if (/^(?:image)?srcset$/.test(key)) return cleanSourceSet(value, level);
	return (isNaming(key) ? isTold(key, value) : WORD.test(value)) ? value : undefined;
}

function maskValue(value: string, { tag, type, level }: MaskedElement): string | undefined {
	if (OPEN_VALUES.test(tag)) return value;
	if (kindOfValue(tag, type) !== "label") return undefined;
	return level > 0 ? maskContent(value, level) : maskText(value);
}

function maskUrl(value: string, { tag, svg, level }: MaskedElement): string {
	const isPicture = svg && tag !== "a";
	return isPicture && value.startsWith("#") ? value : cleanAttributeUrl(value, level, isPicture);
}
