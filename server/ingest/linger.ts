// How long the first chunk of a pack waits for company. Every pack costs a request, every wait costs
// time: with chunks coming at `rate`, packs per second times the price of one plus chunks that wait
// times the price of waiting is least where the wait falls with the square root of the rate (the
// economic order quantity, Harris 1913). So an idle server waits two seconds and a busy one a tenth.
// A fixed wait was rejected: what is short enough for a busy server multiplies the requests of an idle
// one by ten.

export interface Linger {
	/** A chunk came. */
	count(now: number): void;
	/** Milliseconds that a pack begun now waits. */
	ms(now: number): number;
}

export interface LingerBounds {
	busyMs: number;
	idleMs: number;
}

/** The rate is that of about the last five seconds. */
const MEMORY_MS = 5000;
/** At this many chunks a second or fewer a pack waits for as long as it may. */
const IDLE_PER_SECOND = 1;

export function createLinger({ busyMs, idleMs }: LingerBounds): Linger {
	let perSecond = 0;
	let countedAt = Number.NEGATIVE_INFINITY;
	const rateAt = (now: number): number =>
		perSecond * Math.exp(-Math.abs(now - countedAt) / MEMORY_MS);
	return {
		count(now) {
			perSecond = rateAt(now) + 1000 / MEMORY_MS;
			countedAt = now;
		},
		ms(now) {
			const wait = idleMs * Math.sqrt(IDLE_PER_SECOND / Math.max(rateAt(now), IDLE_PER_SECOND));
			return Math.round(Math.max(busyMs, wait));
		},
	};
}
