// Values that were made last, by name.

export interface Memo<T> {
	get(name: string, make: () => T): T;
	clear(): void;
}

export function createMemo<T>(count: number): Memo<T> {
	/** In the order of their last use, as a Map keeps it. */
	const values = new Map<string, T>();
	return {
		get(name, make) {
			const value = values.get(name) ?? make();
			values.delete(name);
			values.set(name, value);
			const [oldest] = values.keys();
			if (values.size > count && oldest !== undefined) values.delete(oldest);
			return value;
		},
		clear: () => values.clear(),
	};
}
