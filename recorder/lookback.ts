// What a page did last, for a session that is only replayed if something goes wrong in it: kept in memory
// and neither compressed nor sent before that. It is kept in two stretches that begin with a snapshot each,
// so that what is there can be played and reaches back for a minute or two, half a minute where much
// happens. Dropping single old events was rejected: what follows could not be played without them.
import type { DomEvent } from "./capture/dom/dom-event.ts";
import { toJson } from "./native.ts";

const STRETCH_MS = 60_000;
/** Where much happens, a stretch ends earlier, but no snapshot follows another sooner than this. */
const SHORT_STRETCH_MS = 30_000;
/** JSON of a stretch: where much happens, and where it is too much to be kept. */
const LONG_LENGTH = 1024 * 1024;
const MOST_LENGTH = 2 * LONG_LENGTH;

export interface Lookback {
	/** @returns whether `turn` is due: once in a stretch */
	add(event: DomEvent): boolean;
	/** A stretch is over, and a snapshot follows. @returns false where it has been too much */
	turn(): boolean;
	/** Everything that is kept, as JSON; nothing of it is kept any more. */
	take(): DomEvent[];
}

export function createLookback(): Lookback {
	let before: DomEvent[] = [];
	let stretch: DomEvent[] = [];
	let length = 0;
	let isDue = false;
	const begin = (kept: DomEvent[]): void => {
		before = kept;
		stretch = [];
		length = 0;
		isDue = false;
	};
	return {
		add(event) {
			const wire = toJson(event.wire);
			const ms = event.timestamp - (stretch[0] ?? event).timestamp;
			length += wire.length;
			stretch.push({ ...event, wire });
			const wasDue = isDue;
			isDue ||= ms > (length > LONG_LENGTH ? SHORT_STRETCH_MS : STRETCH_MS) || length > MOST_LENGTH;
			return isDue !== wasDue;
		},
		turn() {
			const fits = length < MOST_LENGTH;
			begin(fits ? stretch : []);
			return fits;
		},
		take() {
			const taken = [...before, ...stretch];
			begin([]);
			return taken;
		},
	};
}
