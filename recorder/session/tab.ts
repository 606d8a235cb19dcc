// The tab: its id lives in sessionStorage, which browsers copy when a tab is duplicated or opened by a
// script. So a document takes the id out while it is open: a copy finds none and takes an id of its own. A
// tab that crashed gets a new id too, which is harmless. Asking the other tabs (BroadcastChannel) was
// rejected: the answer comes after the first chunk would have gone.
import type { TabId } from "../../protocol/ids.ts";
import { findOrCreateId } from "./find-or-create-id.ts";
import type { KeyValue } from "./key-value.ts";

export interface Tab {
	id: TabId;
	/** The document is shown again after `release`. */
	claim(): void;
	/** The document goes away; the next one in this tab may have the id. */
	release(): void;
}

export function claimTab(storage: KeyValue, random: (bytes: number) => Uint8Array): Tab {
	const id = findOrCreateId<TabId>(storage, "tab", random);
	const claim = () => storage.remove("tab");
	claim();
	return { id, claim, release: () => storage.set("tab", id) };
}
