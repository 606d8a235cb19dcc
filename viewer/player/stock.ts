// What the loader has in store: parts as they came, and the events that were made of them. Slices are parsed
// and scrubbed once; keyframes are kept as the text they are, which is a tenth as large, and the last few
// also as events.
import { inlineEvent } from "../../replay/inline-assets.ts";
import type { AssetSource } from "../../replay/inline-css.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { isLocal } from "./fold-start.ts";
import { listActivity, type Stretch } from "./inactivity.ts";
import type { Order } from "./loader-messages.ts";
import { createMemo } from "./memo.ts";
import { createPartCache } from "./part-cache.ts";
import { type Keyframe, nameAsset, type Passage } from "./passage.ts";
import { resolveKeyframe } from "./resolve-keyframe.ts";
import type { Piece, WindowInput } from "./window.ts";

/** Of those that were used last, since a seek mostly stays between two. */
const RESOLVED_KEYFRAMES = 3;
/** So long nobody asks for anything before what lies there unread is read, a slice at a time. */
const READ_MS = 150;

type Opened = Extract<Order, { do: "open" }>;
type Loaded = { events: RawEvent[] } | { text: string; shiftMs: number };

export interface Stock {
	/** What there is by now; the parts stay. */
	open(order: Opened): void;
	has(part: string): boolean;
	isSlice(part: string): boolean;
	/** How many bytes still fit without losing anything. */
	room(): number;
	/** @param isLater whether a slice need not be looked at yet */
	keep(part: string, read: { text: string; shiftMs: number }, options: { isLater: boolean }): void;
	/** What no server has. */
	keepLocal(part: string, events: readonly RawEvent[]): void;
	/** Somebody asks for something: nothing else is looked at for a while. */
	beBusy(): void;
	/** Events as a page may have them: with the files that they name. */
	dress(events: readonly RawEvent[]): RawEvent[];
	/** Where a kept file is. */
	addressOf(hash: string): string;
	startOf(keyframe: Keyframe): WindowInput["start"];
	piecesOf(passage: Passage): Piece[];
}

export interface StockOptions {
	cacheBytes: number;
	wait: (ms: number) => Promise<void>;
	/** A slice was parsed: when something was done in it, ms from the session's start. */
	onRead: (part: string, active: Stretch[]) => void;
	onBroken: (part: string, message: string) => void;
}

export function createStock({ cacheBytes, wait, onRead, onBroken }: StockOptions): Stock {
	let opened: Opened | undefined;
	let slices: ReadonlySet<string> = new Set();
	let asked = 0;
	const cache = createPartCache<Loaded>(cacheBytes);
	const resolved = createMemo<RawEvent[]>(RESOLVED_KEYFRAMES);
	/** Slices that came and were not looked at. */
	const unread: string[] = [];
	/** Event as it came → as a page may have it. */
	let dressed = new WeakMap<RawEvent, RawEvent>();
	let names = new Map<string, string>();
	let assetsUrl = "";

	const epoch = (ms: number) => (opened?.startedAt ?? 0) + ms;

	/** @returns no events for what is no slice or cannot be read */
	const readSlice = (part: string): RawEvent[] => {
		const loaded = cache.get(part);
		if (loaded === undefined || !slices.has(part)) return [];
		if ("events" in loaded) return loaded.events;
		const { text, shiftMs } = loaded;
		const events = parseEvents(text, shiftMs);
		if (events === undefined) {
			cache.drop(part);
			onBroken(part, "is no JSON");
			return [];
		}
		cache.set(part, { events }, text.length);
		const active = listActivity(events).map(({ from, to }) => ({
			...{ from: from - epoch(0), to: to - epoch(0) },
		}));
		onRead(part, active);
		return events;
	};

	const readUnread = async () => {
		for (let part = unread[0]; part !== undefined; part = unread[0]) {
			const before = asked;
			await wait(READ_MS);
			if (before !== asked) continue;
			unread.shift();
			readSlice(part);
		}
	};

	/** Of a keyframe that is a part of its own; nobody else has these events. */
	const ownEvents = (keyframe: Keyframe): RawEvent[] => {
		const loaded = keyframe.part === "" ? undefined : cache.get(keyframe.part);
		if (loaded === undefined || !("text" in loaded)) return [];
		return resolved.get(keyframe.part, () => resolve(keyframe, loaded.text));
	};

	const resolve = (keyframe: Keyframe, text: string): RawEvent[] => {
		if (isLocal(keyframe.part)) return parseEvents(text, 0) ?? [];
		const textOf = (index: number) => {
			const shared = cache.get(opened?.contents.texts[index]?.part ?? "");
			return shared !== undefined && "text" in shared ? shared.text : undefined;
		};
		return resolveKeyframe(text, textOf);
	};

	const hashOf = (reference: string) => names.get(reference.slice("snag:".length));
	const source: AssetSource = {
		addressOf(reference) {
			const hash = hashOf(reference);
			return hash === undefined ? undefined : assetsUrl + hash;
		},
		sheetOf(reference) {
			const hash = hashOf(reference);
			const sheet = hash === undefined ? undefined : cache.get(nameAsset(hash));
			return sheet !== undefined && "text" in sheet ? sheet.text : undefined;
		},
	};

	return {
		open(order) {
			opened = order;
			names = new Map(Object.entries(order.contents.assets?.names ?? {}));
			assetsUrl = order.url.replace(/sessions\/.*$/, "assets/");
			dressed = new WeakMap();
			resolved.clear();
			slices = new Set(order.contents.slices.map(({ part }) => part));
		},
		has: cache.has,
		isSlice: (part) => slices.has(part),
		room: cache.room,
		keep(part, { text, shiftMs }, { isLater }) {
			cache.set(part, { text, shiftMs }, text.length);
			if (!isLater || !slices.has(part)) readSlice(part);
			else if (unread.push(part) === 1) readUnread();
		},
		keepLocal(part, events) {
			const text = JSON.stringify(events);
			cache.set(part, { text, shiftMs: 0 }, text.length);
		},
		beBusy() {
			asked++;
		},
		dress: (events) =>
			events.map((event) => {
				const known = dressed.get(event);
				if (known !== undefined) return known;
				const made = inlineEvent(event, source);
				dressed.set(event, made);
				return made;
			}),
		addressOf: (hash) => assetsUrl + hash,
		startOf: (keyframe) => ({
			...{ stream: keyframe.stream, at: epoch(keyframe.at), events: ownEvents(keyframe) },
			viewport: opened?.viewport ?? { width: 0, height: 0 },
		}),
		piecesOf: ({ slices: own, keyframes }) => [
			...own.map(({ stream, from, part }) => ({
				...{ stream, from: epoch(from), events: readSlice(part) },
			})),
			...keyframes.map((keyframe) => ({
				...{ stream: keyframe.stream, from: epoch(keyframe.at), events: ownEvents(keyframe) },
			})),
		],
	};
}

function parseEvents(text: string, shiftMs: number): RawEvent[] | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		return undefined;
	}
	const { events } = scrubEvents(parsed);
	if (shiftMs !== 0) for (const event of events) event.timestamp += shiftMs;
	return events;
}
