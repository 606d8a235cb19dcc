// The events of a session in one sequence, piece by piece: one tab, or the tab that was in front.
import { fitToSpan, type TabSpan } from "../../replay/active-tab.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { readStreams, type StreamEvents } from "./session-events.ts";

/**
 * @param spans which tab is shown when, epoch ms
 * @param window epoch ms; the sequence begins where a replay of `from` can start, undefined for the whole
 */
export async function* playSession(
	streams: readonly StreamEvents[],
	spans: readonly TabSpan[],
	{ from, to }: { from: number | undefined; to: number },
): AsyncGenerator<RawEvent[]> {
	for (const [index, span] of spans.entries()) {
		const place = { isFirst: index === 0, isLast: index === spans.length - 1 };
		if (from !== undefined && span.to <= from && !place.isLast) continue;
		if (span.from > to) return;
		const begin = place.isFirst ? Number.NEGATIVE_INFINITY : span.from;
		const at = Math.max(begin, from ?? begin);
		const ofTab = streams.filter(({ tab }) => tab === span.tab);
		const end = place.isLast ? to : Math.min(to, span.to);
		for await (const events of readStreams(ofTab, { at, to: end })) {
			yield fitToSpan(events, span, place).filter(({ timestamp }) => timestamp <= to);
		}
	}
}
