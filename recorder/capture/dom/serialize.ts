// A node of the page → rrweb's form of it, after privacy. Nothing that was typed or chosen is ever read
// beyond its length, and nothing here makes the browser lay out the page.

import { cleanCss } from "../../privacy/clean-css.ts";
import { type MaskedElement, maskAttribute } from "../../privacy/mask-attribute.ts";
import { maskContent } from "../../privacy/mask-content.ts";
import { kindOfValue, levelIn, type Privacy } from "../../privacy/private-content.ts";
import { createShowTyped } from "../../privacy/show-typed.ts";
import { isBlocked, isElement, isText, type Nodes } from "./nodes.ts";
import type { Sheets } from "./sheets.ts";

export type Attributes = Record<string, unknown>;

export interface SerializedNode {
	type: number;
	id: number;
	rootId?: number;
	childNodes?: SerializedNode[];
	isShadow?: boolean;
	[field: string]: unknown;
}

/** Where a node stands, as far as it decides what may be said of it. */
export interface Place {
	parent: MaskedElement;
	/** Of a frame's document; undefined in the page's own. */
	rootId: number | undefined;
	isShadow: boolean;
	/** The rules of the style it stands in have been told already. */
	isTold?: boolean;
}

const SVG = "http://www.w3.org/2000/svg";
const ELEMENT_NAME = /^[a-z][a-z0-9._:-]*$/;
const URLS = new Set(["src", "href", "poster", "background", "data", "xlink:href"]);

export interface Serializer {
	/** What a document stands in. */
	nowhere: MaskedElement;
	/** Without its children. Masks what it says of the node. */
	node(node: Node, place: Place): SerializedNode;
	/** What privacy must know of an element, for what stands in it. */
	describe(element: Element, parent: MaskedElement): MaskedElement;
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

export function createSerializer(nodes: Nodes, sheets: Sheets, privacy: Privacy): Serializer {
	const showTyped = createShowTyped();
	const nowhere: MaskedElement = {
		...{ tag: "", type: "", svg: false },
		level: privacy === "strict" ? 1 : 0,
	};
	const describe = (element: Element, parent: MaskedElement): MaskedElement => {
		const tag = element.localName;
		return {
			tag,
			type: tag === "input" ? (element as HTMLInputElement).type : "",
			svg: element.namespaceURI === SVG,
			level: levelIn(element, parent.level),
			...(tag === "meta" && { metaName: (element as HTMLMetaElement).name }),
		};
	};

	const text = (node: CharacterData, parent: MaskedElement): string => {
		if (parent.tag === "style") return sheets.textOf(node);
		return maskContent(node.data, parent.level);
	};

	const element = (node: Element, described: MaskedElement): Partial<SerializedNode> => {
		const attributes: Attributes = {};
		const isBlock = isBlocked(node);
		for (const { name, value } of node.attributes) {
			if (isBlock && name !== "class") continue;
			const masked = maskAttribute(name, absolute(node, name, value), described);
			if (masked !== undefined) attributes[name] = masked;
		}
		if (isBlock) {
			const { width, height } = node.getBoundingClientRect();
			attributes.rr_width = `${width}px`;
			attributes.rr_height = `${height}px`;
		} else addState(node, attributes, described);
		return {
			...{ type: 2, tagName: tagOf(node), attributes, childNodes: [] },
			...(described.svg && { isSVG: true }),
			...(node.shadowRoot !== null && { isShadowHost: true }),
			...(isBlock && { needBlock: true }),
			...(node.localName.includes("-") &&
				node.ownerDocument.defaultView?.customElements.get(node.localName) && { isCustom: true }),
		};
	};

	const addState = (node: Element, attributes: Attributes, { tag, type }: MaskedElement): void => {
		switch (tag) {
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
		...{ nowhere, describe, text, showTyped },
		node(node, { parent, rootId, isShadow, isTold = false }) {
			const named = {
				id: nodes.idOf(node),
				...(rootId !== undefined && { rootId }),
				...(isShadow && { isShadow: true }),
			};
			if (isElement(node))
				return { ...element(node, describe(node, parent)), ...named } as SerializedNode;
			if (isText(node)) {
				const isStyle = parent.tag === "style" && { isStyle: true };
				return { type: 3, textContent: isTold ? "" : text(node, parent), ...isStyle, ...named };
			}
			if (node.nodeType === 10) {
				const { name, publicId, systemId } = node as DocumentType;
				return { type: 1, name, publicId, systemId, ...named };
			}
			if (node.nodeType === 9) {
				const { compatMode } = node as Document;
				const isQuirky = compatMode !== "CSS1Compat" && { compatMode };
				return { type: 0, childNodes: [], ...isQuirky, ...named };
			}
			return { type: 4, textContent: "", ...named };
		},
		attribute(element, { name, before }, described) {
			const isElsewhere = isBlocked(element) && name !== "class";
			// Of a frame its document is told; of a field what a replay shows in it.
			if (isElsewhere || (name === "src" && described.tag === "iframe")) return undefined;
			const [now, was] = [element.getAttribute(name), before].map((value) =>
				value === null ? undefined : maskAttribute(name, absolute(element, name, value), described),
			);
			return now ?? (was === undefined ? undefined : null);
		},
	};
}

/** How a dialog that is open was opened. */
export function openModeOf(dialog: Element): string {
	return dialog.matches(":modal") ? "modal" : "non-modal";
}

function tagOf(element: Element): string {
	const tag = element.localName.toLowerCase();
	return ELEMENT_NAME.test(tag) ? tag : "div";
}

function absolute(element: Element, name: string, value: string): string {
	if (!URLS.has(name)) return value;
	const url = value.trim();
	// Within a picture it names a part of it.
	const isPart = url.startsWith("#") && element.namespaceURI === SVG && element.localName !== "a";
	if (url === "" || isPart) return value;
	if (name === "data" && element.localName !== "object") return value;
	if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return value;
	try {
		return new URL(url, element.baseURI).href;
	} catch {
		return value;
	}
}
