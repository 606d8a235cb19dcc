// An event of rrweb's format: what is recorded of the document.

export interface DomEvent {
	type: number;
	/** Epoch ms. */
	timestamp: number;
	data: unknown;
}

export const FULL_SNAPSHOT = 2;
export const INCREMENTAL = 3;
export const META = 4;
