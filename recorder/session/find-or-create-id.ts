// An id that lasts as long as what it is stored in: a visitor is one browser on one site, for as long as
// it keeps its storage.
import { createRandomId, isRandomId } from "../../protocol/ids.ts";
import type { KeyValue } from "./key-value.ts";

export function findOrCreateId<Id extends string>(
	storage: KeyValue,
	key: string,
	random: (bytes: number) => Uint8Array,
): Id {
	const stored = storage.get(key);
	if (isRandomId(stored)) return stored as Id;
	const id = createRandomId(random(16));
	storage.set(key, id);
	return id as Id;
}
