// Element keys as they came over the wire. Apart from `element-key.ts`, because a page that is recorded
// makes keys and never reads any.
import {
	type CandidateKind,
	type ElementCandidate,
	NOWHERE,
	PATH_LENGTH,
	TEST_ATTRIBUTES,
} from "./element-key.ts";

/**
 * Checks candidates that came over the wire, so that a selector made of them can only ever look up.
 * @returns undefined where any of them is not of a form that `createElementKey` makes
 */
export function parseCandidates(value: unknown): ElementCandidate[] | undefined {
	if (!Array.isArray(value) || value.length === 0 || value.length > 8) return undefined;
	const candidates: ElementCandidate[] = [];
	let broken = 0;
	for (const item of value) {
		if (!Array.isArray(item) || item.length !== 2) return undefined;
		const [kind, text] = item;
		if (typeof text !== "string" || text.length > PATH_LENGTH) return undefined;
		if (!isKind(kind)) continue;
		// No selector says a name with a line break, which recorders told before they knew.
		if (NAMES.has(kind) && BREAK.test(text)) broken++;
		else if (!FORMS[kind].test(text)) return undefined;
		else candidates.push([kind, text]);
	}
	if (candidates.length > 0) return candidates;
	return broken > 0 ? [["path", NOWHERE]] : undefined;
}

const NAMES: ReadonlySet<CandidateKind> = new Set(["test", "id", "name"]);
const BREAK = /[\n\r\f]/;

function isKind(kind: unknown): kind is CandidateKind {
	return typeof kind === "string" && Object.hasOwn(FORMS, kind);
}

/** Whatever is not a letter, a digit, `-` or `_` is escaped: `a:hover` and `a[b]` are no names. */
const STEP =
	/(?:[a-zA-Z_\u0080-\uffff]|\\[^\w\s-])(?:[\w\u0080-\uffff-]|\\[^\w\s-])*:nth-of-type\(\d+\)/
		.source;
/** No break: it would end what is quoted. */
const LINE = /[^\n\r\f]*/.source;
const LINE_ALONE = new RegExp(`^${LINE}$`);
const TEST = TEST_ATTRIBUTES.join("|");
const QUOTED = /"(?:[^"\\\n\r\f]|\\[^\n\r\f])*"/.source;
const NAMED = `\\[(?:id|${TEST})=${QUOTED}\\]`;
const PATH = new RegExp(`^(?:${NAMED}|html)(?:(?: > | )${STEP}(?: > ${STEP})*)?$`);

const TAG = /[a-z][a-z\d-]*/.source;
const CLASS = /(?:\.[A-Za-z_][\w-]*|\[class\*="[A-Za-z_][\w-]*"\])/.source;
const CLASSES = `(?:${NAMED} )?(?:${CLASS}+ ){0,2}${TAG}${CLASS}*`;

/** Kind → the form of its value. */
const FORMS: Readonly<Record<CandidateKind, RegExp>> = {
	test: new RegExp(`^(?:${TEST})=${LINE}$`),
	id: LINE_ALONE,
	name: LINE_ALONE,
	label: new RegExp(`^(?:${TAG} )?${TAG}\\[aria-label=${QUOTED}\\]$`),
	link: /^\S*\/[^/\s]\S*$/,
	text: new RegExp(`^${TAG}=.`),
	class: new RegExp(`^${CLASSES}$`),
	item: new RegExp(`^${CLASSES}@\\d{1,5}(?:=[^@\\n\\r\\f]+)?$`),
	path: PATH,
};
