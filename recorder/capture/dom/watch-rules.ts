// What scripts do to the rules of sheets: data of rrweb's sources 8 and 13.
import { type Around, type Host, patchMethod } from "./patch-method.ts";
import { readRules } from "./sheet-text.ts";

const RULE = 8;
const DECLARATION = 13;
const SHEET = "CSSStyleSheet";
/** Rules that hold rules; each may have methods of its own. */
const HOLDERS = `${SHEET} CSSGroupingRule CSSStyleRule CSSMediaRule CSSConditionRule CSSSupportsRule`;
const STYLES = "CSSStyleDeclaration";

export interface RuleWatch {
	guarded: Around["guarded"];
	/** Everything that was seen before goes first. */
	flush: () => void;
	/** Tells it of a sheet that a replay knows. */
	say: (sheet: CSSStyleSheet, data: Record<string, unknown>) => void;
	/** What is adopted has changed. */
	onAdopted: () => void;
}

/** What a method belongs to; of the style of an element nothing is said here. */
type Owner = CSSStyleSheet | CSSRule | CSSStyleDeclaration;

/** @returns an end to it */
export function watchRules(
	window: Window & typeof globalThis,
	{ guarded, flush, say, onAdopted }: RuleWatch,
): () => void {
	const undo: (() => void)[] = [];
	const hostOf = (name: string) =>
		(window as unknown as Record<string, { prototype?: Host } | undefined>)[name]?.prototype;
	/** @param names of what has the methods */
	const after = (
		names: string,
		methods: string,
		read: (self: never, args: never[]) => Record<string, unknown>,
	): void => {
		const around: Around = {
			guarded,
			concerns: sheetOf,
			// What was seen before is told without what is about to change.
			prepare: flush,
			tell(self, args) {
				const sheet = sheetOf(self);
				if (sheet) say(sheet, read(self, args));
			},
		};
		for (const name of names.split(" ")) {
			for (const method of methods.split(" ")) undo.push(patchMethod(hostOf(name), method, around));
		}
	};
	const remove = (self: never, [index = 0]: number[]) => ({
		source: RULE,
		removes: [{ index: placeIn(self, index) }],
	});

	after(HOLDERS, "insertRule", (self, [rule, index = 0]) => ({
		source: RULE,
		adds: [{ rule: String(rule), index: placeIn(self, index) }],
	}));
	after(HOLDERS, "deleteRule", remove);
	after(SHEET, "removeRule", remove);
	after(SHEET, "addRule", (self, [selector, style, index]) => ({
		source: RULE,
		adds: [
			{ rule: `${selector} { ${style} }`, index: index ?? (readRules(self)?.length ?? 1) - 1 },
		],
	}));
	after(SHEET, "replace replaceSync", (_, [text]) => ({ source: RULE, replaceSync: String(text) }));
	after(STYLES, "setProperty", (self, [property, value, priority]) => ({
		...{ source: DECLARATION, set: { property, value, priority } },
		index: pathOf(ruleOf(self)),
	}));
	after(STYLES, "removeProperty", (self, [property]) => ({
		...{ source: DECLARATION, remove: { property } },
		index: pathOf(ruleOf(self)),
	}));
	for (const name of ["Document", "ShadowRoot"]) {
		const around = { guarded, tell: onAdopted };
		undo.push(patchMethod(hostOf(name), "adoptedStyleSheets", around, "set"));
	}
	return () => {
		for (const stop of undo) stop();
	};
}

function isSheet(owner: Owner): owner is CSSStyleSheet {
	return "ownerNode" in owner;
}

function ruleOf(owner: Exclude<Owner, CSSStyleSheet>): CSSRule | null {
	return "getPropertyValue" in owner ? owner.parentRule : owner;
}

function sheetOf(owner: Owner): CSSStyleSheet | null | undefined {
	return isSheet(owner) ? owner : ruleOf(owner)?.parentStyleSheet;
}

function placeIn(owner: CSSStyleSheet | CSSRule, index: number): number | number[] {
	return isSheet(owner) ? index : [...pathOf(owner), index];
}

/** Where a rule stands, from the sheet down. */
function pathOf(rule: CSSRule | null): number[] {
	const path: number[] = [];
	for (let at = rule; at !== null; at = at.parentRule) {
		const list =
			(at.parentRule as CSSGroupingRule | null)?.cssRules ?? at.parentStyleSheet?.cssRules;
		path.unshift([...(list ?? [])].indexOf(at));
	}
	return path;
}
