// When a keyframe is worth its bytes. A seek rebuilds the keyframe before it and replays what came since,
// so the cost of that replay is what a keyframe saves; what it costs is a copy of the page. Costs are
// milliseconds that rrweb's replayer blocks in Chromium, measured on two slow cores with a page of 4,000
// nodes: 1,000 events of one kind each, the layout they make due included.
//
// A fixed distance in time or in mutations was tried by others: it stores pages that nothing happened on,
// and lets one event of 10,000 adds stand in every seek behind it.

import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord, recordsOf, textOf } from "./scrub-node.ts";

export interface KeyframePlan {
	/**
	 * Counts an event that a seek would have to replay from now on.
	 * @param bytes that it takes in the recording, in the unit of `isDue` and `begin`
	 */
	weigh(event: RawEvent, bytes: number): void;
	/**
	 * Whether a keyframe should stand here.
	 * @param nodes of the page
	 * @param bytes a keyframe would take, as far as that can be guessed: those of the last one
	 */
	isDue(nodes: number, bytes: number): boolean;
	/** A keyframe stands here. @param bytes 0 for one that the page has recorded itself */
	begin(bytes: number): void;
	/** Milliseconds that a replay of what came since the last keyframe blocks. */
	readonly cost: number;
}

/** A seek that replays this much still shows its frame within 200 ms. */
const WORTH_MS = 150;
/** Beyond this a seek is felt, and a keyframe is due whatever it weighs. */
const LATE_MS = 400;
/** What keyframes may weigh beside the events; with them a recording stays below 1.5 times its events. */
const SHARE = 0.35;
/** Where the page is so large that showing the keyframe takes longer than that, more may be replayed. */
const REBUILD_MS_PER_NODE = 0.03;

const EVENT_MS = 0.01;
const ADD_MS = 0.03;
const REMOVE_MS = 0.02;
const CHANGE_MS = 0.02;
/** The replayer parses and prints every sheet. */
const SHEET_MS = 0.4;
const CSS_MS_PER_CHARACTER = 0.0018;
const RULE_MS = 0.01;

export function createKeyframePlan(): KeyframePlan {
	let cost = 0;
	let eventBytes = 0;
	let keyframeBytes = 0;
	return {
		weigh(event, bytes) {
			cost += costOf(event);
			eventBytes += bytes;
		},
		isDue(nodes, bytes) {
			const rebuild = nodes * REBUILD_MS_PER_NODE;
			if (cost >= Math.max(LATE_MS, rebuild)) return true;
			const isWithin = keyframeBytes + bytes <= SHARE * eventBytes;
			return isWithin && cost >= Math.max(WORTH_MS, rebuild / 4);
		},
		begin(bytes) {
			cost = 0;
			keyframeBytes += bytes;
		},
		get cost() {
			return cost;
		},
	};
}

/** Milliseconds a jump over the event blocks. */
export function costOf({ type, data }: RawEvent): number {
	if (type !== 3 || !isRecord(data)) return EVENT_MS;
	if (data.source === 0) return EVENT_MS + costOfMutation(data);
	if (data.source === 15) {
		const rules = recordsOf(data.styles).flatMap((sheet) => recordsOf(sheet.rules));
		return EVENT_MS + rules.length * RULE_MS;
	}
	const rules = recordsOf(data.adds).length + recordsOf(data.removes).length;
	const css = textOf(data.replaceSync ?? data.replace).length;
	return EVENT_MS + rules * RULE_MS + (css * CSS_MS_PER_CHARACTER) / 4;
}

function costOfMutation(data: Fields): number {
	let cost = recordsOf(data.removes).length * REMOVE_MS + recordsOf(data.texts).length * CHANGE_MS;
	for (const { attributes } of recordsOf(data.attributes)) {
		cost += CHANGE_MS + costOfSheet(attributes);
	}
	for (const { node } of recordsOf(data.adds)) cost += costOfTree(node);
	return cost;
}

/** Frames are added with everything in them. */
function costOfTree(root: unknown): number {
	const left = [root];
	let cost = 0;
	for (let node = left.pop(); node !== undefined; node = left.pop()) {
		if (!isRecord(node)) continue;
		cost += ADD_MS + costOfSheet(node.attributes);
		for (const child of recordsOf(node.childNodes)) left.push(child);
	}
	return cost;
}

function costOfSheet(attributes: unknown): number {
	const css = isRecord(attributes) ? attributes._cssText : undefined;
	return typeof css === "string" ? SHEET_MS + css.length * CSS_MS_PER_CHARACTER : 0;
}
