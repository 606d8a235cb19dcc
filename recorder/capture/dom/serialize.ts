// A node of the page → rrweb's form of it, after privacy. Nothing that was typed or chosen is ever read
// beyond its length, and nothing here makes the browser lay out the page.

import {
	type Attributes,
	type MaskedElement,
	maskAttributes,
} from "../../privacy/mask-attributes.ts";
import { maskContent } from "../../privacy/mask-content.ts";
import { maskTyped } from "../../privacy/mask-typed.ts";
import { isPrivateContent, kindOfValue } from "../../privacy/private-content.ts";
import { isBlocked, isElement, isText, type Nodes } from "./nodes.ts";
import type { Sheets } from "./sheets.ts";

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

export const NOWHERE: MaskedElement = { tag: "", type: "", svg: false, hidden: false };

const SVG = "http://www.w3.org/2000/svg";
const ELEMENT_NAME = /^[a-z][a-z0-9._:-]*$/;
const URLS = new Set(["src", "href", "poster", "background", "data", "xlink:href", "action"]);

export interface Serializer {
	/** Without its children. Masks what it says of the node. */
	node(node: Node, place: Place): SerializedNode;
	/** What privacy must know of an element, for what stands in it. */
	describe(element: Element, parent: MaskedElement): MaskedElement;
	/** The value of one attribute as it may leave: null where there is none, undefined where it is not told. */
	attribute(element: Element, name: string, described: MaskedElement): unknown;
	text(node: CharacterData, parent: MaskedElement): string;
}

export function createSerializer(nodes: Nodes, sheets: Sheets): Serializer {
	const describe = (element: Element, parent: MaskedElement): MaskedElement => {
		const tag = element.localName;
		const editable = element.getAttribute("contenteditable");
		return {
			tag,
			type: tag === "input" ? (element as HTMLInputElement).type : "",
			svg: element.namespaceURI === SVG,
			hidden:
				parent.hidden ||
				isPrivateContent(tag, {
					...(editable !== null && { contenteditable: editable }),
					...(element.hasAttribute("data-snag-mask") && { "data-snag-mask": "" }),
				}),
		};
	};

	const text = (node: CharacterData, parent: MaskedElement): string => {
		if (parent.tag === "style") return sheets.textOf(node);
		return maskContent(node.data, parent);
	};

	const element = (node: Element, described: MaskedElement): Partial<SerializedNode> => {
		const attributes: Attributes = {};
		for (const { name, value } of node.attributes) {
			attributes[name] = URLS.has(name) ? absolute(node, name, value) : value;
		}
		addState(node, attributes, described);
		maskAttributes(attributes, described);
		return {
			...{ type: 2, tagName: tagOf(node), attributes, childNodes: [] },
			...(described.svg && { isSVG: true }),
			...(node.shadowRoot !== null && { isShadowHost: true }),
			...(isBlocked(node) && { needBlock: true }),
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
				attributes._cssText = css;
				if (tag === "link") {
					delete attributes.rel;
					delete attributes.href;
				}
				break;
			}
			case "input":
			case "textarea":
				delete attributes.value;
				if (kindOfValue(tag, type) === "label") attributes.value = (node as HTMLInputElement).value;
				else if (kindOfValue(tag, type) === "typed") {
					const length = (node as HTMLInputElement).value.length;
					if (length > 0) attributes.value = maskTyped("x".repeat(Math.min(length, 20)));
				}
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
		if (isBlocked(node)) {
			const { width, height } = node.getBoundingClientRect();
			for (const name of Object.keys(attributes)) if (name !== "class") delete attributes[name];
			attributes.rr_width = `${width}px`;
			attributes.rr_height = `${height}px`;
		}
	};

	return {
		describe,
		text,
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
		attribute(element, name, described) {
			const value = element.getAttribute(name);
			if (value === null) return null;
			if (isBlocked(element) && name !== "class") return undefined;
			if (name === "value" && kindOfValue(described.tag, described.type) !== "label") {
				return ["li", "progress", "meter"].includes(described.tag) ? value : undefined;
			}
			if (name === "src" && described.tag === "iframe") return undefined;
			const attributes: Attributes = {
				[name]: URLS.has(name) ? absolute(element, name, value) : value,
			};
			// What a meta may say depends on what it is called.
			if (described.tag === "meta" && name === "content") {
				attributes.name = element.getAttribute("name") ?? "";
			}
			maskAttributes(attributes, described);
			return attributes[name];
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
