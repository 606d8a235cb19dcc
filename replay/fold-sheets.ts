// Style sheets of the page: which rules a change means, and which constructed sheets a document or a
// shadow tree has adopted. The constructed ones have no place in a snapshot, so they stand in the tail.

import { SPLIT } from "./fold-build.ts";
import {
	applyDeclaration,
	applyRules,
	createRuleList,
	type RuleList,
	tailOfRules,
} from "./fold-rules.ts";
import {
	childrenOf,
	DOCUMENT,
	documentOf,
	type FoldNode,
	isShown,
	liveOf,
	type Page,
} from "./fold-tree.ts";
import { type Fields, recordsOf } from "./scrub-node.ts";

const STYLE_RULE = 8;
const STYLE_DECLARATION = 13;
const ADOPTED_STYLE_SHEET = 15;
/** Constructed sheets of one page; more is forged, or leaks in the page itself. */
const SHEETS_MAX = 10_000;

export function applySheetChange(page: Page, data: Fields): void {
	const list = findList(page, data);
	if (list === undefined) return;
	const apply = data.source === STYLE_DECLARATION ? applyDeclaration : applyRules;
	if (!apply(list, data)) page.miss("style-rules");
}

export function applyAdopted(page: Page, data: Fields): void {
	const host = page.mirror.get(data.id as number);
	const place = host?.shadow ?? host;
	const ids = Array.isArray(data.styleIds) ? (data.styleIds as unknown[]) : [];
	if (host === undefined || place === undefined) return;
	if (place === host && host.type !== DOCUMENT) return;
	// What is out of the page still belongs to its document, of which there mostly is one.
	const owner = documentOf(host) ?? page.root;
	if (owner !== undefined && isShown(page, owner)) {
		for (const style of recordsOf(data.styles)) makeSheet(page, owner, style);
	}
	// A browser lets only the document adopt a sheet that made it.
	if (ids.some((id) => page.sheets.get(id as number)?.owner !== owner)) {
		page.miss("adopted-sheet");
		return;
	}
	liveOf(place).adopted = ids as number[];
}

/**
 * @param nodes everything in the page, under the ids it has in the snapshot
 * @returns all sheets, adopted or not, since later events name them by number; then who has adopted them
 */
export function tailOfSheets(
	page: Page,
	nodes: readonly { node: FoldNode; id: number }[],
): Fields[] {
	const owned = new Map<FoldNode, number[]>();
	for (const [styleId, { owner }] of page.sheets) {
		const ids = owned.get(owner);
		if (ids === undefined) owned.set(owner, [styleId]);
		else ids.push(styleId);
	}
	const makes: Fields[] = [];
	const changes: Fields[] = [];
	const adopts: Fields[] = [];
	for (const { node, id } of nodes) {
		const ids = owned.get(node);
		const own = node.live?.adopted;
		const shadow = node.shadow?.live?.adopted;
		if (ids !== undefined) {
			const styles = ids.map((styleId) => makeOf(page, styleId, changes));
			makes.push({ source: ADOPTED_STYLE_SHEET, id, styles, styleIds: own ?? [] });
		} else if (own !== undefined) adopts.push({ source: ADOPTED_STYLE_SHEET, id, styleIds: own });
		if (shadow !== undefined) adopts.push({ source: ADOPTED_STYLE_SHEET, id, styleIds: shadow });
	}
	return [...makes, ...adopts, ...changes];
}

/** A sheet with its rules; what else was done to it follows. */
function makeOf({ sheets }: Page, styleId: number, changes: Fields[]): Fields {
	const sheet = sheets.get(styleId);
	const [first, ...rest] = sheet === undefined ? [] : tailOfRules(sheet.rules, { styleId });
	if (first === undefined) return { styleId, rules: [] };
	if (first.adds !== undefined && first.removes === undefined) {
		changes.push(...rest);
		return { styleId, rules: first.adds };
	}
	changes.push(first, ...rest);
	return { styleId, rules: [] };
}

function makeSheet(page: Page, owner: FoldNode, style: Fields): void {
	const { styleId } = style;
	if (typeof styleId !== "number" || page.sheets.size >= SHEETS_MAX) {
		page.miss("constructed-sheet");
		return;
	}
	const rules = createRuleList("");
	page.sheets.set(styleId, { rules, owner });
	const adds = recordsOf(style.rules);
	if (!applyRules(rules, { source: STYLE_RULE, adds })) page.miss("style-rules");
}

function findList(page: Page, { id, styleId }: Fields): RuleList | undefined {
	if (styleId) return page.sheets.get(styleId as number)?.rules;
	const node = page.mirror.get(id as number);
	if (node?.tag !== "style" || !isSheet(page, node)) return undefined;
	const live = liveOf(node);
	live.rules ??= createRuleList(cssOf(node));
	return live.rules;
}

/** A style element has a sheet while it stands in the page and says it is CSS. */
function isSheet(page: Page, node: FoldNode): boolean {
	const { type } = node.attributes;
	return (!type || /^text\/css$/i.test(String(type))) && isShown(page, node);
}

/** @returns undefined where a text was written that shared a sheet with others */
function cssOf(node: FoldNode): string | undefined {
	const texts = [...childrenOf(node)];
	if (!texts.some(({ how }) => how === "part")) return texts.map(({ text }) => text).join("");
	const spread = node.live?.spread ?? [];
	const isWhole = texts.length === spread.length && texts.every((text, at) => text === spread[at]);
	const css = node.attributes._cssText;
	// Texts behind the last part are their own.
	if (!isWhole || typeof css !== "string" || texts.some(({ how }) => how !== "part"))
		return undefined;
	return css.replaceAll(SPLIT, "");
}
