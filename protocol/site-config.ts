// What a recorder is told before it begins: `GET /i/{siteKey}/config`. A recorder skips fields that it
// does not know, so new ones may be added; a field that changes its meaning makes a new version.
import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import type { PageRule } from "./page-rule.ts";

export const SITE_CONFIG_VERSION = 1;

/** What the owner of a site decides; `stop` is its kill switch and stands beside it. */
export const SITE_SETTINGS_SCHEMA = {
	type: "object",
	properties: {
		/** Share of sessions whose pages are recorded for replay, 0 to 1. Facts come from every session. */
		sampling: { type: "number", minimum: 0, maximum: 1 },
		/**
		 * Of the other sessions a page keeps what happened last in memory. When something goes wrong (an error,
		 * a control that does not answer, presses in anger) it is sent, and the rest of the session is recorded.
		 */
		replayOnFriction: { type: "boolean" },
		privacy: { type: "string", enum: ["strict", "balanced"] },
		/** The first rule whose pattern a page has decides what is recorded of it. */
		pages: {
			type: "array",
			maxItems: 100,
			items: {
				type: "object",
				properties: {
					/** A path; `*` stands for anything, `:name` for one segment. */
					pattern: { type: "string", minLength: 1, maxLength: 300, pattern: "^[/*]" },
					record: { type: "string", enum: ["nothing", "facts", "everything"] },
				},
				required: ["pattern", "record"],
				additionalProperties: false,
			},
		},
		features: {
			type: "object",
			maxProperties: 50,
			propertyNames: { type: "string", pattern: "^[a-z][a-z0-9-]{0,40}$" },
			additionalProperties: { type: "boolean" },
		},
	},
	required: ["sampling", "replayOnFriction", "privacy", "pages", "features"],
	additionalProperties: false,
} as const satisfies JSONSchema;

export type SiteSettings = FromSchema<typeof SITE_SETTINGS_SCHEMA>;

/** What a recorder is told. */
export interface RecorderConfig extends Omit<SiteSettings, "pages"> {
	version: typeof SITE_CONFIG_VERSION;
	/** Nothing is recorded: the site was stopped. */
	stop: boolean;
	pages: PageRule[];
}

/** A site whose owner has not decided anything. */
export const DEFAULT_SETTINGS: SiteSettings = {
	sampling: 1,
	replayOnFriction: true,
	privacy: "balanced",
	pages: [],
	features: {},
};

/** Hex digits at the end of a session id, all of them random, that decide on its sampling. */
const SAMPLED_DIGITS = 8;

/** Is this session among the share that is replayed? All tabs and all who ask get the same answer. */
export function isSampled(session: string, sampling: number): boolean {
	const share = Number.parseInt(session.slice(-SAMPLED_DIGITS), 16) / 16 ** SAMPLED_DIGITS;
	return share < sampling;
}
