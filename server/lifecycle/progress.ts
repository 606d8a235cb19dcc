// What long work says of itself while it runs.

export interface Progress {
	/** What is being done, e.g. "reading packs". */
	step: string;
	done: number;
	/** 0 where it is not known. */
	total: number;
	/** More for people, e.g. how many rows came of it. */
	note?: string;
}

export type Report = (progress: Progress) => void;
