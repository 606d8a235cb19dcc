// Errors of the page: what they say by the text rule, and a fingerprint by which the same one is known
// again. Values that a page puts into its messages are taken out as far as they can be told from words.
import { cleanUrl } from "../../../protocol/clean-url.ts";
import { type ErrorSource, FACT_ERROR } from "../../../protocol/fact.ts";
import { hashText } from "../../../protocol/hash-text.ts";
import { maskText } from "../../../protocol/text-rule.ts";
import type { FactScope } from "./fact-scope.ts";
import { shortUrl } from "./request.ts";

const MOST_ERRORS = 50;
const MESSAGE_CHARS = 200;
/** Messages quote what they choke on. */
const QUOTED = /(["'`])(.*)\1/gs;
const NAME = /^[\w$.-]{1,40}$/;
const URLS = /[a-z][a-z0-9+.-]*:\/\/[^\s"'`<>)]+/gi;
const FRAME = /[a-z][a-z-]*:\/\/[^\s()]+?(?=:\d)/gi;

export function watchErrors({ on, tell, allow }: FactScope): void {
	const say = (source: ErrorSource, text: string, place: string): void => {
		if (!allow(FACT_ERROR, MOST_ERRORS)) return;
		const message = cleanMessage(text);
		const url = shortUrl(place);
		const print = hashText(`${source}\n${message.replace(/\d+/g, "")}\n${url}`);
		tell(FACT_ERROR, source, print, message, url);
	};
	on({
		error({ target, message, filename, error }) {
			const { localName = "", src, href } = target as Partial<HTMLScriptElement & HTMLLinkElement>;
			if (target === window) say("error", message, frameOf(error) ?? filename);
			else say("resource", localName, src || href || "");
		},
		unhandledrejection({ reason }) {
			const text = typeof reason === "string" ? reason : reason instanceof Error && reason.message;
			say("rejection", text || "", frameOf(reason) ?? "");
		},
	});
}

export function cleanMessage(text: string): string {
	const cleaned = text
		.slice(0, 1000)
		.replace(URLS, cleanUrl)
		.replace(QUOTED, (quoted, _mark, inside) => (NAME.test(inside) ? quoted : "•••"));
	return maskText(cleaned, MESSAGE_CHARS);
}

/** The first frame of the page's own, else the first. */
function frameOf(error: unknown): string | undefined {
	const frames = error instanceof Error ? (error.stack?.match(FRAME) ?? []) : [];
	return frames.find((frame) => frame.startsWith(location.origin)) ?? frames[0];
}
