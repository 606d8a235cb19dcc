// The ranges of viewport widths in which a site looks the same.

/** Ends in CSS pixels where a site's own breakpoints are not known. */
const FIXED_ENDS = [480, 768, 1024, 1440];

export interface GroupEnds {
	/** Rising, in CSS pixels: a group reaches to below its end, the last one has none. */
	ends: number[];
	/** Does the site's CSS say so? */
	source: "site" | "fixed";
}

export interface ViewportGroups {
	groupsOf(site: number): Promise<GroupEnds>;
}

export function createViewportGroups(): ViewportGroups {
	return {
		async groupsOf() {
			return { ends: FIXED_ENDS, source: "fixed" };
		},
	};
}
