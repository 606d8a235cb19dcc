// A node of the page → rrweb's form of it, after privacy. Nothing that was typed or chosen is ever read
// beyond its length, and nothing here makes the browser lay out the page.

import type { PackedElement, PackedTree } from "../../../protocol/packed-event.ts";
import { cleanCss } from "../../privacy/clean-css.ts";
import { type MaskedElement, maskAttribute } from "../../privacy/mask-attribute.ts";
import { maskContent } from "../../privacy/mask-content.ts";
import {
	BLOCK,
	kindOfValue,
	LEVEL_MARKS,
	levelIn,
	type Privacy,
} from "../../privacy/private-content.ts";
import { createShowTyped } from "../../privacy/show-typed.ts";
import { absoluteCss, type Refer } from "./absolute-css.ts";
import { isBlocked, isText } from "./nodes.ts";
import { isNamedSheet, type Sheets } from "./sheets.ts";
import { isSplit } from "./split-text.ts";

export type Attributes = Record<string, unknown>;

const SVG = "http://www.w3.org/2000/svg";
const ELEMENT_NAME = /^[a-z][a-z0-9._:-]*$/;
/** Where a file is drawn: element and attribute. */
const FILES = /^(?:(?:img|input) src|video poster|image (?:xlink:)?href|link href)$/;
/** Where the DOM's own property is the absolute URL. */
const RESOLVED = /^(?:a href|img src)$/;
const URLS = new Set(["src", "href", "poster", "background", "data", "xlink:href"]);

export interface Serializer {
	/** What a document stands in. */
	nowhere: MaskedElement;
	/** Without its children. Masks what it says of the element. */
	element(element: Element, described: MaskedElement, names: readonly string[]): PackedElement;
	/** What is no element. */
	node(node: Node, parent: MaskedElement): PackedTree;
	/**
	 * What privacy must know of an element, for what stands in it.
	 * @param names of its attributes
	 */
	describe(element: Element, parent: MaskedElement, names?: readonly string[]): MaskedElement;
	/**
	 * The value of one attribute as it may leave: null where there is none that may, undefined where there
	 * was none before either.
	 */
	attribute(element: Element, change: AttributeChange, described: MaskedElement): unknown;
	text(node: CharacterData, parent: MaskedElement): string;
	/** What a replay shows in an input or text area into which one types. */
	showTyped(control: Element): string;
}

export interface AttributeChange {
	name: string;
	before: string | null;
}

/** @param refer tells files by name */
export function createSerializer(sheets: Sheets, privacy: Privacy, refer?: Refer): Serializer {
	const showTyped = createShowTyped();
	const nowhere: MaskedElement = {
		...{ tag: "", type: "", svg: false },
		level: privacy === "strict" ? 1 : 0,
	};
	const describe = (
		element: Element,
		{ level }: MaskedElement,
		names: readonly string[] = LEVEL_MARKS,
	): MaskedElement => {
		const tag = element.localName;
		const isPlain = tag !== "option" && !names.some(isMark);
		return {
			tag,
			type: tag === "input" ? (element as HTMLInputElement).type : "",
			svg: element.namespaceURI === SVG,
			level: isPlain ? level : levelIn(element, level),
			metaName: tag === "meta" ? (element as HTMLMetaElement).name : "",
		};
	};

	const text = (node: CharacterData, parent: MaskedElement): string => {
		if (parent.tag === "style") return sheets.textOf(node);
		return maskContent(node.data, parent.level || (isSplit(node) ? 1 : 0));
	};

	const tell = (node: Element, name: string, value: string, described: MaskedElement) => {
		const { tag, level } = described;
		if (!URLS.has(name)) {
			const hasFiles = refer && name === "style" && level === 0 && value.includes("url(");
			const told = hasFiles ? absoluteCss(value, node.baseURI, refer) : value;
			return maskAttribute(name, told, described);
		}
		const url = absolute(node, name, value, described);
		const masked = maskAttribute(name, url, described);
		const isFile = masked && /^https?:/i.test(url) && FILES.test(`${tag} ${name}`);
		if (!refer || !isFile) return masked;
		// Pictures may say what text around them may not.
		const isNamed = tag === "link" ? isNamedSheet(node, refer) : level === 0;
		return isNamed ? refer(url) : masked;
	};

	const element: Serializer["element"] = (node, described, names) => {
		const attributes: Attributes = {};
		const isBlock = names.includes(BLOCK);
		for (const name of names) {
			if (isBlock && name !== "class") continue;
			const masked = tell(node, name, node.getAttribute(name) ?? "", described);
			if (masked !== undefined) attributes[name] = masked;
		}
		if (isBlock) {
			const { width, height } = node.getBoundingClientRect();
			attributes.rr_width = `${width}px`;
			attributes.rr_height = `${height}px`;
		} else addState(node, attributes, described);
		const isOwn = described.tag.includes("-") && isCustom(node);
		const flags = (described.svg ? "s" : "") + (isBlock ? "b" : "") + (isOwn ? "c" : "");
		const tag = tagOf(described.tag) + (flags && ` ${flags}`);
		return hasAny(attributes) ? [tag, attributes] : [tag];
	};

	const addState = (node: Element, attributes: Attributes, described: MaskedElement): void => {
		const { tag, type, level } = described;
		switch (tag) {
			case "img": {
				// What was chosen of `srcset` and of the sources around it.
				const { complete, currentSrc } = node as HTMLImageElement;
				if (!refer || level > 0 || !complete || !/^https?:/.test(currentSrc)) break;
				attributes.src = refer(currentSrc);
				delete attributes.srcset;
				break;
			}
			case "style":
			case "link": {
				const css = sheets.rulesOf(node);
				if (css === undefined) break;
				attributes._cssText = cleanCss(css);
				if (tag === "link") {
					delete attributes.rel;
					delete attributes.href;
				}
				break;
			}
			case "input":
			case "textarea":
				if (kindOfValue(tag, type) === "typed") attributes.value = showTyped(node);
				if (attributes.value === "") delete attributes.value;
				break;
			case "dialog":
				if ((node as HTMLDialogElement).open) attributes.rr_open_mode = openModeOf(node);
				break;
			case "iframe":
				delete attributes.src;
				break;
			case "audio":
			case "video": {
				const media = node as HTMLMediaElement;
				attributes.rr_mediaState = media.paused ? "paused" : "played";
				attributes.rr_mediaCurrentTime = media.currentTime;
				attributes.rr_mediaPlaybackRate = media.playbackRate;
				attributes.rr_mediaMuted = media.muted;
				attributes.rr_mediaLoop = media.loop;
				attributes.rr_mediaVolume = media.volume;
			}
		}
	};

	return {
		...{ nowhere, describe, element, text, showTyped },
		node(node, parent) {
			if (isText(node)) return text(node, parent);
			if (node.nodeType === 10) {
				const { name, publicId, systemId } = node as DocumentType;
				return ["#doctype", { name, publicId, systemId }];
			}
			if (node.nodeType !== 9) return ["#cdata"];
			const { compatMode } = node as Document;
			return compatMode === "CSS1Compat" ? ["#document"] : ["#document", { compatMode }];
		},
		attribute(element, { name, before }, described) {
			const isElsewhere = isBlocked(element) && name !== "class";
			// Of a frame its document is told; of a field what a replay shows in it.
			if (isElsewhere || (name === "src" && described.tag === "iframe")) return undefined;
			const [now, was] = [element.getAttribute(name), before].map((value) =>
				value === null ? undefined : tell(element, name, value, described),
			);
			return now ?? (was === undefined ? undefined : null);
		},
	};
}

/** Was it told by its rules, so that its own text must not be told as well? */
export function isRuled([, attributes]: PackedElement): boolean {
	return typeof attributes === "object" && "_cssText" in attributes;
}

/** How a dialog that is open was opened. */
export function openModeOf(dialog: Element): string {
	return dialog.matches(":modal") ? "modal" : "non-modal";
}

function isMark(name: string): boolean {
	return LEVEL_MARKS.includes(name);
}

function isCustom({ localName, ownerDocument }: Element): boolean {
	return ownerDocument.defaultView?.customElements.get(localName) !== undefined;
}

function hasAny(attributes: Attributes): boolean {
	for (const _ in attributes) return true;
	return false;
}

function tagOf(name: string): string {
	const tag = name.toLowerCase();
	return ELEMENT_NAME.test(tag) ? tag : "div";
}

function absolute(
	element: Element,
	name: string,
	value: string,
	{ tag, svg }: MaskedElement,
): string {
	const url = value.trim();
	// Within a picture it names a part of it.
	const isPart = url.startsWith("#") && svg && tag !== "a";
	if (url === "" || isPart) return value;
	if (name === "data" && tag !== "object") return value;
	if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return value;
	// Of most the browser has it: parsing them here is what a page of links costs most.
	const known = !svg && RESOLVED.test(`${tag} ${name}`) && element[name as keyof Element];
	if (typeof known === "string") return known;
	try {
		return new URL(url, element.baseURI).href;
	} catch {
		return value;
	}
}
