// Loads what few pages need as they loaded the recorder: a file that never changes, checked by its hash.

/** Of the build: that file, and its hash for Subresource Integrity; empty where all is in one file. */
declare const SNAG_RARE: string;
declare const SNAG_RARE_INTEGRITY: string;

export type Rare = typeof import("./rare.ts");

/** @param endpoint where chunks go: beside it is what the recorder consists of */
export async function loadRare(endpoint: string): Promise<Rare> {
	if (!SNAG_RARE) return import("./rare.ts");
	const url = `${endpoint}/../../${SNAG_RARE}`;
	await fetch(url, { integrity: SNAG_RARE_INTEGRITY });
	return import(url);
}
