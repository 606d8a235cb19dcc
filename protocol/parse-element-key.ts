// Element keys as they came over the wire. Apart from `element-key.ts`, because a page that is recorded
// makes keys and never reads any.
import {
	type CandidateKind,
	type ElementCandidate,
	PATH_LENGTH,
	TEST_ATTRIBUTES,
} from "./element-key.ts";

const KINDS: readonly CandidateKind[] = ["test", "id", "name", "path"];

/**
 * Checks candidates that came over the wire, so that a selector made of them can only ever look up.
 * @returns undefined where any of them is not of a form that `createElementKey` makes
 */
export function parseCandidates(value: unknown): ElementCandidate[] | undefined {
	if (!Array.isArray(value) || value.length === 0 || value.length > 8) return undefined;
	const candidates: ElementCandidate[] = [];
	for (const item of value) {
		if (!Array.isArray(item) || item.length !== 2) return undefined;
		const [kind, text] = item;
		if (typeof text !== "string" || text.length > PATH_LENGTH) return undefined;
		const known = KINDS.find((name) => name === kind);
		if (known === undefined) continue;
		if (known === "test" && !TEST_ATTRIBUTES.some((name) => text.startsWith(`${name}=`)))
			return undefined;
		if (known === "path" && !PATH.test(text)) return undefined;
		candidates.push([known, text]);
	}
	return candidates.length > 0 ? candidates : undefined;
}

/** Whatever is not a letter, a digit, `-` or `_` is escaped: `a:hover` and `a[b]` are no names. */
const STEP =
	/(?:[a-zA-Z_\u0080-\uffff]|\\[^\w\s-])(?:[\w\u0080-\uffff-]|\\[^\w\s-])*:nth-of-type\(\d+\)/
		.source;
const ANCHOR = `(?:\\[(?:id|${TEST_ATTRIBUTES.join("|")})="(?:[^"\\\\\\n\\r\\f]|\\\\[^\\n\\r\\f])*"\\]|html)`;
const PATH = new RegExp(`^${ANCHOR}(?:(?: > | )${STEP}(?: > ${STEP})*)?$`);
