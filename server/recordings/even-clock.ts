/** What pages reorder by themselves, as between frames. */
const JITTER_MS = 1000;

/**
 * The times of a stream's events, in the order they were sent → whole ms that never go back. That order is
 * the one in which the document changed, so a clock that was set back in the middle must not move events
 * before others: a little is evened out, and after more the stream goes on from where it was.
 */
export function createEvenClock(): (at: number) => number {
	let last = 0;
	let ahead = 0;
	return (at) => {
		if (at + ahead < last - JITTER_MS) ahead = last - at;
		last = Math.max(last, Math.round(at + ahead));
		return last;
	};
}
