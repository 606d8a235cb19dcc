// What follows the snapshot of a keyframe, as events: changes whose result only a browser knows, and state
// that no snapshot holds. There is one event per state, however often it has changed, so the tail does not
// grow with the recording. The order matters: the tree first, then what styles it, then what needs layout.
import { encodeChange } from "./fold-declarations.ts";
import { tailOfInput } from "./fold-inputs.ts";
import { tailOfMedia } from "./fold-media.ts";
import type { Pointer } from "./fold-pointer.ts";
import { tailOfRadios } from "./fold-radios.ts";
import { tailOfRules } from "./fold-rules.ts";
import { tailOfSheets } from "./fold-sheets.ts";
import type { Snapshot } from "./fold-snapshot.ts";
import type { FoldNode, Live, Page } from "./fold-tree.ts";
import type { Fields } from "./scrub-node.ts";

const MUTATION = 0;
const SCROLL = 3;

export interface TailOptions {
	page: Page;
	snapshot: Snapshot;
	fonts: readonly Fields[];
	pointer: Pointer;
	at: number;
}

interface Lively {
	node: FoldNode;
	id: number;
	live: Live;
}

/** @returns the data of incremental events, in order */
export function encodeTail({ page, snapshot, fonts, pointer, at }: TailOptions): Fields[] {
	const lively = snapshot.nodes.flatMap(({ node, id }) =>
		node.live === undefined ? [] : [{ node, id, live: node.live }],
	);
	return [
		...snapshot.mutations.map((mutation) => mutationOf(mutation)),
		...tailOfAttributes(lively),
		...lively.flatMap(({ id, live }) => (live.rules ? tailOfRules(live.rules, { id }) : [])),
		...tailOfSheets(page, snapshot.nodes),
		...page.documents.map((add) => mutationOf({ adds: [add] })),
		...fonts,
		...tailOfRadios(page, snapshot.nodes, snapshot.spareId).map((parts) => mutationOf(parts)),
		...tailOfInputs(page, lively, snapshot),
		...lively.flatMap(({ id, live }) => (live.media ? [tailOfMedia(id, live.media, at)] : [])),
		...lively.flatMap(({ id, live }) =>
			live.scroll ? [{ source: SCROLL, id, ...live.scroll }] : [],
		),
		...pointer.tail(),
	];
}

function tailOfAttributes(lively: readonly Lively[]): Fields[] {
	const attributes: Fields[] = [];
	for (const { id, live } of lively) {
		const { late, style } = live;
		if (late !== undefined && late.size > 0) {
			attributes.push({ id, attributes: Object.fromEntries(late) });
		}
		let group: Fields = {};
		for (const change of style?.changes.values() ?? []) {
			if (change.property in group) {
				attributes.push({ id, attributes: { style: group } });
				group = {};
			}
			group[change.property] = encodeChange(change);
		}
		if (Object.keys(group).length > 0) attributes.push({ id, attributes: { style: group } });
	}
	return attributes.length === 0 ? [] : [mutationOf({ attributes })];
}

function tailOfInputs(page: Page, lively: readonly Lively[], { nodes }: Snapshot): Fields[] {
	const inputs = lively
		.filter(({ live }) => live.input !== undefined || live.chosen !== undefined)
		.sort((a, b) => (a.live.input?.order ?? 0) - (b.live.input?.order ?? 0));
	const tails = inputs.map((input) => ({ ...input, tail: tailOfInput(page, input.node) }));
	const renamed = new Set(tails.flatMap(({ tail }) => tail?.renamed ?? []));
	const options = new Map(
		nodes.filter(({ node }) => renamed.has(node)).map((written) => [written.node, written]),
	);
	const events: Fields[] = [];
	for (const { node, id, live, tail } of tails) {
		if (tail === undefined) continue;
		const event: Fields = { ...tail.event, id };
		const option = tail.renamed && options.get(tail.renamed);
		if (option === undefined) events.push(event);
		else events.push(valueWritten(option, event.text), event, valueWritten(option));
		if (live.input?.isValueLate) events.push(valueWritten({ node, id }));
	}
	return events;
}

/** The attribute as it is now, or as it is to be for a moment. */
function valueWritten({ node, id }: { node: FoldNode; id: number }, value?: unknown): Fields {
	const own = node.attributes.value ?? null;
	return mutationOf({ attributes: [{ id, attributes: { value: value ?? own } }] });
}

function mutationOf(parts: Fields): Fields {
	return { source: MUTATION, texts: [], attributes: [], removes: [], adds: [], ...parts };
}
