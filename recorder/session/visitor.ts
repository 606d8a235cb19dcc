// The visitor: one browser on one site, for as long as it keeps its storage.
import { createRandomId, isRandomId, type VisitorId } from "../../protocol/ids.ts";
import type { KeyValue } from "./key-value.ts";

export function findOrCreateVisitor(
	storage: KeyValue,
	key: string,
	random: (bytes: number) => Uint8Array,
): VisitorId {
	const stored = storage.get(key);
	if (isRandomId(stored)) return stored as VisitorId;
	const visitor = createRandomId(random(16)) as VisitorId;
	storage.set(key, visitor);
	return visitor;
}
