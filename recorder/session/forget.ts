// Forgets a visitor who took consent back: what this browser holds of them, and what the server holds, by
// asking it. The write key of the session proves that they are who they say. Until the server has answered
// the visitor's place in storage holds the question, and the loader brings us back to ask it again.
import { upload } from "../transport/upload.ts";
import type { KeyValue } from "./key-value.ts";

const ERASE = "erase.";

/** @param endpoint where chunks go */
export function forgetVisitor(
	endpoint: string,
	local: KeyValue,
	ofTab: KeyValue,
	shared: KeyValue,
): void {
	const kept = local.get("visitor") ?? "";
	const [session, writeKey] = shared.get("session")?.split(".") ?? [];
	const question = kept.startsWith(ERASE)
		? kept.slice(ERASE.length)
		: JSON.stringify({ visitor: shared.get("visitor"), session, writeKey });
	for (const key of ["tab", "carried"]) ofTab.remove(key);
	for (const key of ["session", "visitor"]) shared.remove(key);
	local.set("visitor", ERASE + question);
	void upload(`${endpoint}/erase`, question, { keepalive: true }).then(
		({ status }) => {
			// Consent may have been given again meanwhile.
			const isAsking = local.get("visitor")?.startsWith(ERASE);
			if (status < 429 && isAsking) local.remove("visitor");
		},
		() => {},
	);
}
