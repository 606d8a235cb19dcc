// The tab: its id lives in sessionStorage, which browsers copy when a tab is duplicated or opened by a
// script. So a document marks the id as in use while it is open: whoever finds it in use is a copy and
// takes an id of its own. A tab that crashed gets a new id too, which is harmless. Asking the other
// tabs (BroadcastChannel) was rejected: the answer comes after the first chunk would have gone.
import { createRandomId, isRandomId, type TabId } from "../../protocol/ids.ts";
import type { KeyValue } from "./key-value.ts";

export interface Tab {
	id: TabId;
	/** The document is shown again after `release`. */
	claim(): void;
	/** The document goes away; the next one in this tab may have the id. */
	release(): void;
}

export function claimTab(
	storage: KeyValue,
	key: string,
	random: (bytes: number) => Uint8Array,
): Tab {
	const [stored, state] = storage.get(key)?.split(" ") ?? [];
	const isFree = isRandomId(stored) && state === "free";
	const id = (isFree ? stored : createRandomId(random(16))) as TabId;
	const claim = () => storage.set(key, `${id} used`);
	claim();
	return { id, claim, release: () => storage.set(key, `${id} free`) };
}
