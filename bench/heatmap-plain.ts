// The map of a page asked the plain way: facts as they were indexed, each chunk once by FINAL, with the
// definitions of their elements joined to them and sessions counted one by one.
import type { Index } from "../server/index/client.ts";

const PIECE = 250_000;
const SEED = 7;
const ELEMENTS = 500;
const SPAN_S = 28 * 86_400;

/** Two presses to a stream, each on an element of its own. */
const FROM = `
	FROM (
		SELECT number, intDiv(number, 2) AS stream_number, cityHash64(number, ${SEED}) AS h,
			toDateTime64({start:UInt32} + (intDiv(number, 4) * 7919) % ${SPAN_S}, 3) AS seen
		FROM numbers({from:UInt64}, {count:UInt64})
	)`;
const NAMES = `toUUID(concat(substring(hex(MD5(toString(intDiv(number, 4)))), 1, 8), '-0000-7000-8000-',
			substring(hex(MD5(toString(intDiv(number, 4)))), 9, 12))) AS session,
		lower(hex(MD5(toString(stream_number)))) AS stream`;

const FACTS = `
	INSERT INTO facts (site, day, session, stream, sequence, part, position, kind, at, page, viewport_width,
		element, x, y, layer, pointer, version)
	SELECT {site:UInt32}, toDate(seen), ${NAMES}, 0, 0, number % 2, 2, seen, {page:String}, 1280,
		number % 2, (h % 100) * 327, (intDiv(h, 100) % 100) * 327, 'flow', 'mouse', 1
	${FROM}`;
const DEFINITIONS = `
	INSERT INTO elements (site, day, session, stream, element, key, candidates, tag, version)
	SELECT {site:UInt32}, toDate(seen), ${NAMES}, number % 2,
		concat('id:element-', toString(toUInt32(${ELEMENTS} * pow((h % 1000003) / 1000003, 2.5)))), '[]', 'a', 1
	${FROM}`;

export const PLAIN_HEATMAP = `
	WITH pressed AS (
		SELECT session, stream, element, layer,
			toUInt32(intDiv(x * 64, 32768) * 64 + intDiv(y * 64, 32768)) AS bin
		FROM facts FINAL WHERE kind = 2 AND site = {site:UInt32} AND page = {page:String}
			AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at < fromUnixTimestamp64Milli({to:Int64})
	)
	SELECT e.key AS key, min(e.candidates) AS candidates, min(e.tag) AS tag, min(p.layer) AS layer,
		count() AS presses, uniqExact(p.session) AS sessions, sumMap([p.bin], [toUInt32(1)]) AS bins
	FROM pressed AS p
	LEFT JOIN (
		SELECT stream, element, key, candidates, tag FROM elements FINAL
		WHERE site = {site:UInt32} AND stream IN (SELECT stream FROM pressed)
	) AS e ON p.stream = e.stream AND p.element = e.element
	GROUP BY key ORDER BY presses DESC, key`;

export async function createPlainRows(
	index: Index,
	{ presses, ...of }: { site: number; page: string; presses: number; start: number },
): Promise<void> {
	for (let from = 0; from < presses; from += PIECE) {
		const piece = { ...of, from, count: Math.min(PIECE, presses - from) };
		await index.command(FACTS, piece);
		await index.command(DEFINITIONS, piece);
	}
}
