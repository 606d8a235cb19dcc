// A user agent in words people use. Client hints, where a browser sends them, say more than the string.
import Bowser from "bowser";
import type { Envelope } from "../../protocol/envelope.ts";

export interface UserAgentWords {
	/** "Chrome 156", "" for unknown. */
	browser: string;
	os: string;
	device: "desktop" | "tablet" | "phone" | "unknown";
}

const DEVICES = { desktop: "desktop", tablet: "tablet", mobile: "phone" } as const;

/** Reading a user agent takes longer than all else of a chunk, and a visitor sends many chunks. */
const MAX_KNOWN = 1000;
const known = new Map<string, UserAgentWords>();

export function describeUserAgent(userAgent: string, hints: Envelope["hints"]): UserAgentWords {
	const key = `${hints?.mobile} ${hints?.platform} ${userAgent}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const words = readUserAgent(userAgent, hints);
	if (known.size >= MAX_KNOWN) known.clear();
	known.set(key, words);
	return words;
}

function readUserAgent(userAgent: string, hints: Envelope["hints"]): UserAgentWords {
	if (userAgent === "") return { browser: "", os: hints?.platform ?? "", device: "unknown" };
	const parsed = Bowser.parse(userAgent);
	const version = parsed.browser.version?.split(".")[0] ?? "";
	const platform = parsed.platform.type;
	const byString =
		platform !== undefined && platform in DEVICES ? DEVICES[platform as "desktop"] : "unknown";
	return {
		browser: [parsed.browser.name, version].filter(Boolean).join(" "),
		os: hints?.platform || parsed.os.name || "",
		device: hints?.mobile === true ? "phone" : byString,
	};
}
