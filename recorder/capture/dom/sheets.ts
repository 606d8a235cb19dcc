// Style sheets: what a replay needs of them beside their text, and by what name it knows them when scripts
// change their rules.
import { maskStyles } from "../../privacy/mask-content.ts";
import { absoluteCss, type Refer } from "./absolute-css.ts";
import { hostOf, type Nodes } from "./nodes.ts";
import { cleanRules, countRules, readRules, writeRules } from "./sheet-text.ts";
import { watchRules } from "./watch-rules.ts";

export interface Sheets {
	/** All rules of the sheet of a `link` or `style`, undefined where its own text says the same. */
	rulesOf(element: Element): string | undefined;
	/** Tells the rules of linked sheets that cannot be kept as files. */
	tellLinked(url: string): void;
	/** What stands in a `style` element, as a replay may have it. */
	textOf(node: CharacterData): string;
	/** Tells the rules of a link or style that has loaded its sheet, or what that imports, since it was told. */
	tellLoaded(element: HTMLLinkElement | HTMLStyleElement): void;
	/** Tells what a document or shadow root has adopted since this was last called. */
	tellAdopted(root: Document | ShadowRoot): void;
	/** Follows the scripts of a window. @returns an end to it */
	watch(window: Window & typeof globalThis): () => void;
	/** A replay has nothing yet. */
	forgetAll(): void;
}

export interface SheetsOptions {
	nodes: Nodes;
	/** Runs what must not throw into the page. */
	guarded: (work: () => void) => void;
	/** Everything that was seen before goes first. */
	flush: () => void;
	/** Rows of rrweb's sources 8 and 13. */
	emit: (data: Record<string, unknown>) => void;
	/** Tells what is new of an element and the browser does not tell us. */
	tellAgain: (element: Element) => void;
	/** What is adopted has changed. */
	onAdopted: () => void;
	/** Linked sheets of the page are told by name. */
	refer?: Refer | undefined;
}

const ADOPTED = 15;
const IMPORT = "@import";

export function createSheets(options: SheetsOptions): Sheets {
	const { nodes, guarded, flush, emit, tellAgain, onAdopted, refer } = options;
	/** As it was before anybody, we included, put something around it. */
	const replaceNatively = globalThis.CSSStyleSheet?.prototype.replaceSync;
	/** Sheets whose rules scripts have changed: their text no longer tells them. */
	const changed = new WeakSet<CSSStyleSheet>();
	const texts = new WeakMap<CSSStyleSheet, { rules: number; css: string }>();
	let styleIds = new WeakMap<CSSStyleSheet, number>();
	/** With the number that their place was told by: one that is told anew has none. */
	let lastAdopted = new WeakMap<Node, readonly unknown[]>();
	let lastStyleId = 0;

	const linked = new Set<HTMLLinkElement>();
	const lost = new Set<string>();

	const isLinked = (element: Element, sheet: CSSStyleSheet | null): boolean => {
		if (!isNamedSheet(element, refer) || (sheet !== null && changed.has(sheet))) return false;
		for (const other of linked) if (!other.isConnected) linked.delete(other);
		linked.add(element as HTMLLinkElement);
		return !lost.has((element as HTMLLinkElement).href);
	};

	const rulesOf = (element: Element): string | undefined => {
		const sheet = (element as HTMLStyleElement).sheet as CSSStyleSheet | null;
		if (isLinked(element, sheet)) return undefined;
		const rules = sheet && readRules(sheet);
		if (!sheet || !rules?.length) return undefined;
		const isOwn = element.localName === "style" && !changed.has(sheet);
		if (isOwn && countRules(element.textContent ?? "", replaceNatively) === rules.length)
			return undefined;
		const known = texts.get(sheet);
		if (known?.rules === rules.length && !changed.has(sheet)) return known.css;
		const css = writeRules(rules, sheet.href ?? element.baseURI, refer);
		texts.set(sheet, { rules: rules.length, css });
		return css;
	};

	/** A replay knows a sheet by its element or, where it has none, by a number. */
	const say = (sheet: CSSStyleSheet, data: Record<string, unknown>): void => {
		const owner = sheet.ownerNode as HTMLLinkElement | null;
		changed.add(sheet);
		if (owner !== null && linked.delete(owner)) {
			tellRules(owner);
			return;
		}
		const id = owner === null ? styleIds.get(sheet) : nodes.sentId(owner);
		if (id === undefined) return;
		maskStyles(data);
		emit({ ...data, [owner === null ? "styleId" : "id"]: id });
	};

	/** As rrweb's recorder tells of a sheet that comes late. */
	const tellRules = (link: Element): void => {
		if (rulesOf(link) !== undefined) tellAgain(link);
	};

	return {
		rulesOf,
		tellLinked(url) {
			for (const link of linked) {
				if (link.href.replace(/#.*/, "") !== url) continue;
				lost.add(link.href);
				tellRules(link);
			}
		},
		tellLoaded(element) {
			const { sheet, localName } = element;
			if (!sheet) return;
			const told = texts.get(sheet)?.css ?? (localName === "link" ? IMPORT : "");
			if (!told.includes(IMPORT)) return;
			texts.delete(sheet);
			tellRules(element);
		},
		textOf: (node) => cleanRules(absoluteCss(node.data, node.baseURI, refer)),
		tellAdopted(root) {
			// Asked of every root whenever anything is told, and most have none.
			if (!root.adoptedStyleSheets?.length && !lastAdopted.has(root)) return;
			const sheets = [...(root.adoptedStyleSheets ?? [])];
			const id = nodes.sentId(hostOf(root) ?? root);
			if (id === undefined) return;
			const told = [id, ...sheets];
			const before = lastAdopted.get(root) ?? [id];
			if (told.length === before.length && told.every((each, at) => each === before[at])) return;
			lastAdopted.set(root, told);
			const styles: object[] = [];
			for (const sheet of sheets) {
				if (styleIds.has(sheet)) continue;
				styleIds.set(sheet, ++lastStyleId);
				const rules = [...(readRules(sheet) ?? [])].map((rule, index) => ({
					rule: cleanRules(absoluteCss(rule.cssText, sheet.href ?? root.baseURI ?? "", refer)),
					index,
				}));
				styles.push({ styleId: lastStyleId, rules });
			}
			emit({
				source: ADOPTED,
				id,
				styleIds: sheets.map((sheet) => styleIds.get(sheet)),
				...(styles.length > 0 && { styles }),
			});
		},
		forgetAll() {
			styleIds = new WeakMap();
			lastAdopted = new WeakMap();
		},
		watch: (window) => watchRules(window, { guarded, flush, say, onAdopted }),
	};
}

/** Of the page itself: of what a frame has loaded nobody tells us. */
export function isNamedSheet(element: Element, refer: Refer | undefined): boolean {
	const { href = "", rel = "", disabled } = element as HTMLLinkElement;
	if (refer === undefined || element.localName !== "link" || disabled) return false;
	return /^https?:/.test(href) && /\bstylesheet\b/i.test(rel) && element.ownerDocument === document;
}
