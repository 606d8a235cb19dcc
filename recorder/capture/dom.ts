// The only file that knows rrweb, which records the document and its changes. It is to be replaced by
// a recorder of our own; what stands around it speaks of events and ids only.
import { record } from "@rrweb/record";
import { PRIVATE_SELECTOR } from "../../protocol/element-label.ts";
import type { Guard } from "../guard.ts";
import type { MaskedElement } from "../privacy/mask-attributes.ts";
import { type DomEvent, maskEvent } from "../privacy/mask-event.ts";
import { maskTyped } from "../privacy/mask-typed.ts";
import { kindOfValue } from "../privacy/private-content.ts";
import { patchStyles } from "./style-patches.ts";

export interface DomWatch {
	/** Records the document as it is now, as at the beginning of a stream. */
	snapshot(): void;
	stop(): void;
}

/** Begins with a Meta event and a full snapshot, so the document must have been parsed. */
export function watchDom(guard: Guard, emit: (event: DomEvent) => void): DomWatch {
	const patches = patchStyles(window as unknown as Record<string, unknown>);
	let stopped = false;
	const handle = guard.wrap((event: DomEvent) => {
		const masked = stopped ? undefined : maskEvent(event, describe);
		if (masked !== undefined) emit(masked);
	});
	const start = guard.wrap(() =>
		withoutPasswordMarks(() => record({ ...OPTIONS, emit: handle, errorHandler })),
	);
	const stopRecord = start();
	patches.cover();

	function errorHandler(error: unknown): boolean {
		if (patches.isOfPage(error)) return false;
		guard.count();
		return true;
	}

	return {
		snapshot: guard.wrap(() => record.takeFullSnapshot(true)),
		stop: guard.wrap(() => {
			stopped = true;
			patches.restore(() => stopRecord?.());
		}),
	};
}

/** Tag names mask what types leave open: `input` covers hidden fields. */
const MASKED_CONTROLS = { input: true, textarea: true, select: true, option: true, button: true };

/** All that rrweb can leave out but the changes of titles, so that a replay has the title of its instant. */
const LEFT_OUT = {
	...{ script: true, comment: true, headFavicon: true, headWhitespace: true, headMetaSocial: true },
	...{ headMetaRobots: true, headMetaHttpEquiv: true, headMetaAuthorship: true },
	...{ headMetaVerification: true, headMetaDescKeywords: true, headTitleMutations: false },
};

const OPTIONS = {
	// rrweb's type names types of inputs only, its code looks tag names up as well.
	maskInputOptions: MASKED_CONTROLS as Record<string, boolean>,
	maskInputFn: maskTypedOf,
	maskTextSelector: PRIVATE_SELECTOR,
	maskTextFn: maskTyped,
	blockSelector: "[data-snag-block]",
	ignoreSelector: "[data-snag-ignore]",
	inlineStylesheet: true,
	recordCanvas: false,
	collectFonts: false,
	recordCrossOriginIframes: false,
	slimDOMOptions: LEFT_OUT,
	sampling: { mousemove: 50, scroll: 100, media: 500, input: "last" },
	recordAfter: "DOMContentLoaded",
} as const;

/**
 * An input whose type changes from password gets an attribute from rrweb, and nothing may be written to
 * the page. All inputs are masked anyway, so rrweb is not told of that change. It reads its observer's
 * constructor from the prototype, and takes it for native only where its source says so, as a bound
 * function's does.
 */
function withoutPasswordMarks<T>(start: () => T): T {
	const { prototype } = MutationObserver;
	const native = prototype.constructor as typeof MutationObserver;
	function observe(callback: MutationCallback): MutationObserver {
		return new native((records, observer) => {
			const left = records.filter((record) => !isPasswordShown(record));
			if (left.length > 0) callback(left, observer);
		});
	}
	prototype.constructor = observe.bind(null);
	try {
		return start();
	} finally {
		prototype.constructor = native;
	}
}

function isPasswordShown(record: MutationRecord): boolean {
	return record.attributeName === "type" && /^password$/i.test(record.oldValue ?? "");
}

/** Nodes may be of a frame's own realm, where `instanceof` says no. */
function describe(id: number): MaskedElement | undefined {
	const node = record.mirror.getNode(id);
	if (node === null) return undefined;
	const element = elementOf(node);
	return {
		tag: element?.localName ?? "",
		type: element?.localName === "input" ? (element as HTMLInputElement).type : "",
		svg: element?.namespaceURI === "http://www.w3.org/2000/svg",
		hidden: isInPrivate(node),
		...(element?.localName === "meta" ? { metaName: element.getAttribute("name") ?? "" } : {}),
	};
}

/** What stands on a button is the page's own word; `maskEvent` says what of it may leave. */
function maskTypedOf(text: string, element: Element): string {
	const type = element.localName === "input" ? (element as HTMLInputElement).type : "";
	return kindOfValue(element.localName, type) === "label" ? text : maskTyped(text);
}

/** Privacy reaches through shadow roots and same-origin frames, which `closest` does not. */
function isInPrivate(node: Node): boolean {
	if (elementOf(node)?.closest(PRIVATE_SELECTOR)) return true;
	const root = node.getRootNode();
	if ("host" in root) return isInPrivate((root as ShadowRoot).host);
	if (root.nodeType !== Node.DOCUMENT_NODE) return false;
	const { defaultView, designMode } = root as Document;
	return (
		designMode === "on" ||
		(defaultView?.frameElement ? isInPrivate(defaultView.frameElement) : false)
	);
}

function elementOf(node: Node): Element | null {
	return node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
}
