// What scripts do to the rules of sheets: data of rrweb's sources 8 and 13.
import { type Around, type Host, patchMethod, patchSetter } from "./patch-method.ts";
import { readRules } from "./sheet-text.ts";

const RULE = 8;
const DECLARATION = 13;
/** Rules that hold rules; each may have methods of its own. */
const GROUPS = [
	...["CSSGroupingRule", "CSSStyleRule", "CSSMediaRule", "CSSConditionRule", "CSSSupportsRule"],
];

export interface RuleWatch {
	guarded: Around["guarded"];
	/** Everything that was seen before goes first. */
	flush: () => void;
	/** Tells it of a sheet that a replay knows. */
	say: (sheet: CSSStyleSheet | null, data: () => Record<string, unknown>) => void;
	/** What is adopted has changed. */
	onAdopted: () => void;
}

/** @returns an end to it */
export function watchRules(
	window: Window & typeof globalThis,
	{ guarded, flush, say, onAdopted }: RuleWatch,
): () => void {
	const undo: (() => void)[] = [];
	const after = (
		host: Host | undefined,
		name: string,
		tell: (self: never, args: never[], before: unknown) => void,
		// What was seen before is told without what is about to change.
		prepare: (self: never) => unknown = flush,
	): void => {
		const stop = host && patchMethod(host, name, { guarded, prepare, tell });
		if (stop !== undefined) undo.push(stop);
	};
	const prototypeOf = (name: string): Host | undefined =>
		(window as unknown as Record<string, { prototype?: Host } | undefined>)[name]?.prototype;

	const sheet = prototypeOf("CSSStyleSheet");
	after(sheet, "insertRule", (self: CSSStyleSheet, [rule, index]) =>
		say(self, () => ({ source: RULE, adds: [{ rule: String(rule), index: index ?? 0 }] })),
	);
	after(sheet, "deleteRule", (self: CSSStyleSheet, [index]) =>
		say(self, () => ({ source: RULE, removes: [{ index }] })),
	);
	after(
		sheet,
		"addRule",
		(self: CSSStyleSheet, [selector, style, index], count) =>
			say(self, () => ({
				source: RULE,
				adds: [{ rule: `${selector} { ${style} }`, index: index ?? count }],
			})),
		(self: CSSStyleSheet) => {
			flush();
			return readRules(self)?.length ?? 0;
		},
	);
	after(sheet, "removeRule", (self: CSSStyleSheet, [index]) =>
		say(self, () => ({ source: RULE, removes: [{ index: index ?? 0 }] })),
	);
	for (const name of ["replace", "replaceSync"]) {
		after(sheet, name, (self: CSSStyleSheet, [text]) =>
			say(self, () => ({ source: RULE, replaceSync: String(text) })),
		);
	}
	for (const name of GROUPS) {
		const group = prototypeOf(name);
		if (group === undefined) continue;
		after(group, "insertRule", (self: CSSGroupingRule, [rule, index]) =>
			say(self.parentStyleSheet, () => ({
				source: RULE,
				adds: [{ rule: String(rule), index: [...pathOf(self), index ?? 0] }],
			})),
		);
		after(group, "deleteRule", (self: CSSGroupingRule, [index]) =>
			say(self.parentStyleSheet, () => ({
				source: RULE,
				removes: [{ index: [...pathOf(self), index] }],
			})),
		);
	}
	const declaration = prototypeOf("CSSStyleDeclaration");
	after(declaration, "setProperty", (self: CSSStyleDeclaration, [property, value, priority]) => {
		const rule = self.parentRule;
		if (rule === null) return;
		say(rule.parentStyleSheet, () => ({
			source: DECLARATION,
			set: { property, value, priority },
			index: pathOf(rule),
		}));
	});
	after(declaration, "removeProperty", (self: CSSStyleDeclaration, [property]) => {
		const rule = self.parentRule;
		if (rule === null) return;
		say(rule.parentStyleSheet, () => ({
			source: DECLARATION,
			remove: { property },
			index: pathOf(rule),
		}));
	});
	for (const name of ["Document", "ShadowRoot"]) {
		const stop = patchSetter(prototypeOf(name), "adoptedStyleSheets", () => guarded(onAdopted));
		if (stop !== undefined) undo.push(stop);
	}
	return () => {
		for (const stop of undo) stop();
	};
}

/** Where a rule stands, from the sheet down. */
function pathOf(rule: CSSRule): number[] {
	const path: number[] = [];
	for (let at: CSSRule | null = rule; at !== null; at = at.parentRule) {
		const list =
			(at.parentRule as CSSGroupingRule | null)?.cssRules ?? at.parentStyleSheet?.cssRules;
		path.unshift([...(list ?? [])].indexOf(at));
	}
	return path;
}
