// `@snag/recorder`: the recorder for sites that bundle their scripts themselves. Nothing happens when it is
// imported, so that a page may be rendered on a server too.
import { type Gate, openGate } from "../gate.ts";
import type { Global } from "../loader.ts";
import { recordPage } from "../record.ts";
import type { init as Init, Reason, Snag, Status } from "./snag.d.ts";

const METHODS = [
	...(["start", "stop", "identify", "track"] as const),
	...(["variant", "page", "consent", "sessionUrl", "on"] as const),
];

export const init: typeof Init = ({ url, site, consent, cookieDomain }) => {
	if (typeof document === "undefined") return createSnag("server");
	const known = (window as Global).snag;
	// A second call, as from a component that is mounted again, gives what the first one did.
	if (known?.start) return createSnag(known as unknown as Gate);
	try {
		const base = new URL(url.endsWith("/") ? url : `${url}/`).href;
		const gate = openGate([
			`${base}i/${site}`,
			site,
			cookieDomain,
			consent,
			known?.q ?? [],
			(onLoad) => onLoad(recordPage),
		]);
		// Frames of the page see by it that they are recorded with it.
		Object.assign(window, { snag: gate });
		return createSnag(gate);
	} catch {
		return createSnag("error");
	}
};

function createSnag(gate: Gate | Reason): Snag {
	const reason = () => (typeof gate === "string" ? gate : gate.reason);
	const methods = METHODS.map((name) => [
		name,
		(...args: unknown[]) => (typeof gate === "string" ? undefined : gate[name](...args)),
	]);
	return Object.defineProperties(Object.fromEntries(methods), {
		reason: { get: reason, enumerable: true },
		status: { get: () => statusOf(reason()), enumerable: true },
	}) as Snag;
}

function statusOf(reason: Reason): Status {
	if (reason === "") return "recording";
	const isOnItsWay = ["consent", "prerender", "settings", "page", "script"].includes(reason);
	return isOnItsWay ? "waiting" : "off";
}
