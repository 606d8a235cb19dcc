// Where objects live. Two implementations, disk and S3, answer to one contract suite. Objects are
// immutable: a key is written once or again with the same bytes.

export interface StoredObject {
	key: string;
	bytes: number;
}

export interface Store {
	/** For messages: where this store is. */
	readonly name: string;
	/**
	 * As `put`, of a file that is too large to be held in memory; the file stays.
	 * @param bytes what the file has, all of which is stored
	 * @throws StoreError unavailable
	 */
	putFile(key: string, path: string, bytes: number): Promise<void>;
	/**
	 * Resolves once the object is durable. One that failed may be stored all the same: it is harmless,
	 * since nobody else writes that key. @throws StoreError unavailable
	 * @param signal ends the trying
	 */
	put(key: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
	/** @throws StoreError missing | unavailable */
	get(key: string): Promise<Uint8Array>;
	/** Fewer bytes come where the object ends before the range does. @throws StoreError */
	getRange(key: string, offset: number, length: number): Promise<Uint8Array>;
	/** Objects whose key begins with the prefix, in key order. @throws StoreError unavailable */
	list(prefix: string): AsyncIterable<StoredObject>;
	/** Deleting what is not there succeeds. @throws StoreError unavailable */
	delete(key: string): Promise<void>;
	/** Removes what objects leave behind when they are deleted, such as empty folders. */
	tidy(): Promise<void>;
	/** Does what is deleted stay there as an older version? @throws StoreError unavailable */
	keepsDeleted(): Promise<boolean>;
	/**
	 * Writes, reads and deletes a small object; before the first one, makes ready what puts need.
	 * @throws StartError with what to do, StoreError unavailable
	 */
	probe(): Promise<void>;
	close(): void;
}
