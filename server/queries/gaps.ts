// What of a stream never arrived, and when that was. Only a hole before a chunk that came can be seen:
// what was lost at the very end looks like a visit that ended there.
import type { Gap } from "../../protocol/api.ts";
import type { ChunkRow } from "../recordings/read-session.ts";

type Numbered = Pick<ChunkRow, "sequence" | "first" | "last">;

/**
 * @param chunks of one stream
 * @param knownBefore last instant known of the tab before this stream, epoch ms; undefined for none:
 *   then a hole at the beginning has no length, because nothing says when the page was opened
 * @returns in order, `from` and `to` in epoch ms. Facts travel ahead of events, so that neighbours may
 *   overlap in time: then the loss lies within the overlap.
 */
export function findGaps(chunks: readonly Numbered[], knownBefore?: number): Gap[] {
	const gaps: Gap[] = [];
	let expected = 0;
	let before = knownBefore;
	for (const chunk of joinParts(chunks)) {
		if (chunk.sequence > expected) {
			const ends = [before ?? chunk.first, chunk.first];
			const [from, to] = [Math.min(...ends), Math.max(...ends)];
			gaps.push({ first: expected, last: chunk.sequence - 1, from, to });
		}
		expected = chunk.sequence + 1;
		before = Math.max(before ?? chunk.last, chunk.last);
	}
	return gaps;
}

/** The last instant known of the same tab before a stream began, undefined in a new tab. */
export function findKnownBefore(
	stream: readonly Pick<ChunkRow, "tab" | "first">[],
	chunks: readonly Pick<ChunkRow, "tab" | "last">[],
): number | undefined {
	const begin = Math.min(...stream.map(({ first }) => first));
	const tab = stream[0]?.tab;
	const known = chunks.filter((chunk) => chunk.tab === tab && chunk.last <= begin);
	return known.length > 0 ? Math.max(...known.map(({ last }) => last)) : undefined;
}

/** The parts of a chunk carry one sequence number. */
function joinParts(chunks: readonly Numbered[]): Numbered[] {
	const joined = new Map<number, Numbered>();
	for (const chunk of chunks) {
		const { first, last } = joined.get(chunk.sequence) ?? chunk;
		joined.set(chunk.sequence, {
			sequence: chunk.sequence,
			first: Math.min(first, chunk.first),
			last: Math.max(last, chunk.last),
		});
	}
	return [...joined.values()].sort((a, b) => a.sequence - b.sequence);
}
