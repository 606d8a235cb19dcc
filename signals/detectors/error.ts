// A press that broke something: an error of the page that was not there before, or a request that was refused,
// within a second. Errors that repeat themselves, of extensions and of other sites are nobody's press. Reads facts.
import { firstFrom } from "../normalise/first-from.ts";
import type { ErrorSeen, PressSeen, RequestSeen, Seen } from "../observation.ts";
import { type Signal, signalOf } from "../signal.ts";
import { siteOf } from "../site.ts";
import { ERROR_FRESH_MS, ERROR_MS, HTTP_PROBES, HTTP_REFUSED } from "../thresholds.ts";

/** Facts do not tell whether the visitor saw anything of it. */
const SILENT_CONFIDENCE = 0.6;
const EXTENSION = /^(?:[a-z-]+-extension:|webkit-masked-url:)/;
/** What browsers say of scripts of other sites. */
const FOREIGN = /^script error\.?$/i;

export function detectErrors({ press, error, request }: Seen): Signal[] {
	const fresh = [...listFresh(error), ...request.filter(isRefused)].sort((a, b) => a.at - b.at);
	const byPress = new Map<PressSeen, (ErrorSeen | RequestSeen)[]>();
	for (const one of fresh) {
		const cause = findCause(press, one);
		if (cause !== undefined) byPress.set(cause, [...(byPress.get(cause) ?? []), one]);
	}
	return [...byPress].map(([cause, errors]) => {
		const [first] = errors;
		const isRequest = first?.kind === "request";
		return signalOf("error", [cause], {
			verdict: isRequest ? "request" : "script",
			confidence: SILENT_CONFIDENCE,
			numbers: {
				errors: errors.length,
				afterMs: (first?.at ?? cause.at) - cause.at,
				status: first?.kind === "request" ? first.status : 0,
			},
		});
	});
}

/** Errors of the page itself that were not there in the ten seconds before. */
function listFresh(errors: readonly ErrorSeen[]): ErrorSeen[] {
	const last = new Map<string, number>();
	return errors.filter(({ at, view, source, fingerprint, message, url }) => {
		const name = `${view.stream} ${fingerprint}`;
		const before = last.get(name) ?? Number.NEGATIVE_INFINITY;
		last.set(name, at);
		if (source === "resource" || EXTENSION.test(url) || FOREIGN.test(message)) return false;
		return at - before > ERROR_FRESH_MS;
	});
}

function isRefused({ status, url, isPolled, view }: RequestSeen): boolean {
	if (status < HTTP_REFUSED || HTTP_PROBES.includes(status) || isPolled) return false;
	return view.url === "" || siteOf(url) === siteOf(view.url);
}

/** The last press of the stream within a second before. */
function findCause(
	presses: readonly PressSeen[],
	{ at, view }: ErrorSeen | RequestSeen,
): PressSeen | undefined {
	for (let index = firstFrom(presses, at + 1, timeOf) - 1; index >= 0; index--) {
		const press = presses[index];
		if (press === undefined || at - press.at > ERROR_MS) return undefined;
		if (press.view.stream === view.stream) return press;
	}
	return undefined;
}

const timeOf = ({ at }: PressSeen) => at;
