// What elements are called in heat rows: a number that all sessions share, made of their key.
import { createHash } from "node:crypto";
import type { KeyRow, PressRow, ShownRow } from "./heat-row.ts";
import type { IndexedElement, IndexedSession } from "./indexed-session.ts";

/** Definitions by number, and a name for each that all sessions share. */
type Definition = Pick<IndexedElement, "key" | "candidates" | "tag" | "role" | "text">;

export function createHeatKeys({ site, day, session, elements }: IndexedSession) {
	const undefinedOne = { key: "", candidates: "", tag: "", role: "", text: "" };
	const byNumber = new Map<string, { hash: string; definition: Definition }>();
	const add = (name: string, definition: Definition) => {
		const made = { hash: hashElement(definition), definition };
		byNumber.set(name, made);
		return made;
	};
	for (const { stream, element, key, candidates, tag, role, text } of elements) {
		add(`${stream}/${element}`, { key, candidates, tag, role, text });
	}
	const find = (stream: string, element: number) => {
		const name = `${stream}/${element}`;
		return byNumber.get(name) ?? add(name, undefinedOne);
	};
	return {
		hashOf: (stream: string, element: number) => find(stream, element).hash,
		/** Of what is pressed or seen; of two definitions of one key, the one with the higher version. */
		rows(presses: readonly PressRow[], shown: readonly ShownRow[]): KeyRow[] {
			const used = new Set([
				...presses.map(({ key }) => key),
				...shown.flatMap((row) => row.exposed),
			]);
			const rows = new Map<string, KeyRow>();
			for (const { hash, definition } of byNumber.values()) {
				const version = hashText(JSON.stringify(Object.values(definition)));
				const before = rows.get(hash);
				if (!used.has(hash) || (before && BigInt(before.version) >= BigInt(version))) continue;
				rows.set(hash, { ...{ site, day, session, hash, version }, ...definition });
			}
			return [...rows.values()];
		},
	};
}

/** A name stays with its element; a position is taken by one thing today and another tomorrow. */
export function hashElement({
	key,
	tag,
	text,
}: Pick<IndexedElement, "key" | "tag" | "text">): string {
	return hashText(/^(?:path|item|class):/.test(key) ? `${key}\0${tag}\0${text}` : key);
}

/** The first 64 bits of the SHA-256, which the index can make as well. */
export function hashText(text: string): string {
	return createHash("sha256").update(text).digest().readBigUInt64LE(0).toString();
}
