// Token buckets by name, of which strangers can make up any number: only the ones used last are kept. A
// bucket that is forgotten is full again, so what it costs to be forgotten must be more than what it
// gives; with tens of thousands of buckets it is.

export interface Buckets {
	/** @returns 0 where the amount was taken, else in how many ms it will be there; nothing is taken then */
	take(name: string, amount: number, now: number): number;
	readonly size: number;
}

export interface BucketOptions {
	/** What a full bucket holds; 0 for buckets that never run dry. */
	capacity: number;
	/** In which time an empty bucket is full again. */
	periodMs: number;
	maxBuckets: number;
}

export function createBuckets({ capacity, periodMs, maxBuckets }: BucketOptions): Buckets {
	const buckets = new Map<string, { tokens: number; at: number }>();
	const perMs = capacity / periodMs;
	return {
		get size() {
			return buckets.size;
		},
		take(name, amount, now) {
			if (capacity === 0) return 0;
			const bucket = buckets.get(name) ?? { tokens: capacity, at: now };
			// A clock that was set back fills nothing, and does not stop the filling either.
			bucket.tokens = Math.min(capacity, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
			bucket.at = now;
			buckets.delete(name);
			buckets.set(name, bucket);
			const [oldest] = buckets.keys();
			if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
			// What is larger than a bucket passes when it is full.
			const wanted = Math.min(amount, capacity);
			if (bucket.tokens < wanted) return Math.ceil((wanted - bucket.tokens) / perMs);
			bucket.tokens -= wanted;
			return 0;
		},
	};
}
