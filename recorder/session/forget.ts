// Forgets a visitor who took consent back: what this browser holds of them, and what the server holds, by
// asking it. The write key of the session proves that they are who they say. Until the server has answered
// the visitor's place in storage holds the question, and the loader brings us back to ask it again.
import { createShared } from "./cookies.ts";
import { createKeyValue, type KeyValue } from "./key-value.ts";

const ERASE = "erase.";

export interface ForgetOptions {
	/** Where chunks go. */
	endpoint: string;
	/** Of this site in the browser's storage. */
	name: string;
	cookieDomain: string | undefined;
	local: KeyValue;
}

export function forgetVisitor({ endpoint, name, cookieDomain, local }: ForgetOptions): void {
	const shared = createShared(local, cookieDomain);
	const [visitorKey, sessionKey] = [`${name}.visitor`, `${name}.session`];
	const kept = local.get(visitorKey) ?? "";
	const [session, writeKey] = shared.get(sessionKey)?.split(".") ?? [];
	const question = kept.startsWith(ERASE)
		? kept.slice(ERASE.length)
		: JSON.stringify({ visitor: shared.get(visitorKey), session, writeKey });
	const ofTab = createKeyValue(() => sessionStorage);
	for (const key of ["tab", "carried"]) ofTab.remove(`${name}.${key}`);
	shared.remove(sessionKey);
	shared.remove(visitorKey);
	local.set(visitorKey, ERASE + question);
	void fetch(`${endpoint}/erase`, {
		...{ method: "POST", body: question, credentials: "omit", keepalive: true },
		referrerPolicy: "strict-origin",
	}).then(
		({ status }) => {
			// Consent may have been given again meanwhile.
			const isAsking = local.get(visitorKey)?.startsWith(ERASE);
			if (status < 429 && isAsking) local.remove(visitorKey);
		},
		() => {},
	);
}
