// The recorders that are compared, and how a page loads each of them: a script of its own, as a site
// would embed it, everything pointed at the sink. `embeds/` holds the scripts of the others.

export interface MeasuredRecorder {
	name: string;
	/** Path of the script on the sink; none for a page without a recorder. */
	script?: string;
	/** What it is told to record for. */
	site?: string;
	/** What it is beside Snag. */
	kind: "none" | "ours" | "rrweb" | "rival";
}

export const SITE_KEY = "benchsite0000001";
export const NONE: MeasuredRecorder = { name: "none", kind: "none" };

export const RECORDERS: readonly MeasuredRecorder[] = [
	NONE,
	{
		...{ name: "Snag", kind: "ours", script: "/snag.js" },
		site: SITE_KEY,
	},
	{ name: "rrweb", kind: "rrweb", script: "/embeds/rrweb.js" },
	{ name: "Clarity", kind: "rival", script: "/embeds/clarity.js" },
	{ name: "Sentry", kind: "rival", script: "/embeds/sentry.js" },
	{ name: "Datadog", kind: "rival", script: "/embeds/datadog.js" },
];
