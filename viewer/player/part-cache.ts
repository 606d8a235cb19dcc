// What was loaded, as long as there is room: the parts that were not used for the longest time go first.

export interface PartCache<T> {
	/** Counts as a use. */
	get(part: string): T | undefined;
	has(part: string): boolean;
	set(part: string, value: T, bytes: number): void;
	drop(part: string): void;
	/** How many bytes still fit without losing anything. */
	room(): number;
}

export function createPartCache<T>(maxBytes: number): PartCache<T> {
	/** In the order of their last use, as a Map keeps it. */
	const parts = new Map<string, { value: T; bytes: number }>();
	let held = 0;
	const drop = (part: string) => {
		held -= parts.get(part)?.bytes ?? 0;
		parts.delete(part);
	};
	return {
		get(part) {
			const found = parts.get(part);
			if (found === undefined) return undefined;
			parts.delete(part);
			parts.set(part, found);
			return found.value;
		},
		has: (part) => parts.has(part),
		set(part, value, bytes) {
			drop(part);
			parts.set(part, { value, bytes });
			held += bytes;
			for (const oldest of parts.keys()) {
				// The newest stays whatever it weighs: somebody waits for it.
				if (held <= maxBytes || oldest === part) return;
				drop(oldest);
			}
		},
		drop,
		room: () => Math.max(0, maxBytes - held),
	};
}
