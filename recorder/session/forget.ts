// Forgets a visitor who took consent back: what this browser holds of them, and what the server holds, by
// asking it. The write key of the session proves that they are who they say. Until the server has answered
// the question is stored, beside others, and every page that may ask it asks again: consent that is given
// anew makes another visitor, and takes nothing of it back.
import { upload } from "../transport/upload.ts";
import type { KeyValue } from "./key-value.ts";

/** @param endpoint where chunks go */
export function forgetVisitor(
	endpoint: string,
	local: KeyValue,
	ofTab: KeyValue,
	shared: KeyValue,
): void {
	const visitor = shared.get("visitor");
	const [session, writeKey] = shared.get("session")?.split(".") ?? [];
	for (const key of ["tab", "carried"]) ofTab.remove(key);
	for (const key of ["session", "visitor"]) shared.remove(key);
	if (visitor) local.set("erase", read(local) + JSON.stringify({ visitor, session, writeKey }));
	askToErase(endpoint, local);
}

/** Whatever has been asked and not answered. */
export function askToErase(endpoint: string, local: KeyValue): void {
	for (const question of read(local).match(/{.*?}/g) ?? []) {
		void upload(`${endpoint}/erase`, question, { keepalive: true }).then(
			({ status }) => {
				if (status >= 429) return;
				// Others may have been added meanwhile.
				const rest = read(local).replace(question, "");
				if (rest) local.set("erase", rest);
				else local.remove("erase");
			},
			() => {},
		);
	}
}

function read(local: KeyValue): string {
	return local.get("erase") ?? "";
}
