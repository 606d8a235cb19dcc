// What is recorded of the document: an event as it travels (`protocol/packed-event.ts`).

export interface DomEvent {
	/** Epoch ms. */
	timestamp: number;
	/** Packed, or an object of rrweb's format. */
	wire: unknown;
	/** It is a full snapshot. */
	isSnapshot: boolean;
}

export const INCREMENTAL = 3;
export const META = 4;
export const CUSTOM = 5;
