// The shapes of the read API, as JSON Schemas: the server validates and documents with them, the
// viewer takes its types from them. Unless a field says otherwise, instants are epoch ms, offsets and
// durations are ms, sizes are CSS pixels.
import type { FromSchema, JSONSchema } from "json-schema-to-ts";
import { SITE_SETTINGS_SCHEMA } from "./site-config.ts";

const text = { type: "string" } as const;
const number = { type: "number" } as const;
const count = { type: "integer", minimum: 0 } as const;
const flag = { type: "boolean" } as const;
const size = record({ width: count, height: count });

export type ErrorAnswer = FromSchema<typeof ERROR_SCHEMA>;
export const ERROR_SCHEMA = record({ error: record({ code: text, message: text }) });

export type Site = FromSchema<typeof SITE_SCHEMA>;
export const SITE_SCHEMA = record({
	id: text,
	key: text,
	name: text,
	origins: list(text),
	/** Nothing is recorded and nothing that comes is kept. */
	stopped: flag,
	config: SITE_SETTINGS_SCHEMA,
});

/** `shopUrl` is where the demo shop stands if it was started with the server, else "". */
export type Sites = FromSchema<typeof SITES_SCHEMA>;
export const SITES_SCHEMA = record({ sites: list(SITE_SCHEMA), shopUrl: text });

export type NewSite = FromSchema<typeof NEW_SITE_SCHEMA>;
export const NEW_SITE_SCHEMA = record({
	name: { type: "string", minLength: 1, maxLength: 100 },
	origins: {
		type: "array",
		maxItems: 50,
		items: { type: "string", pattern: "^https?://[^/?#\\s]+$", maxLength: 300 },
	},
});

/** What changes of a site: what is not named stays. */
export type SiteChange = FromSchema<typeof SITE_CHANGE_SCHEMA>;
export const SITE_CHANGE_SCHEMA = {
	type: "object",
	properties: {
		...NEW_SITE_SCHEMA.properties,
		stopped: flag,
		config: { ...SITE_SETTINGS_SCHEMA, required: [] },
	},
	anyOf: [
		{ required: ["name"] },
		{ required: ["origins"] },
		{ required: ["stopped"] },
		{ required: ["config"] },
	],
	additionalProperties: false,
} as const satisfies JSONSchema;

/**
 * How far the figures are behind what is stored: `lagging` means that stored chunks have waited for
 * more than 10 s to be counted, the oldest since `waitingSince` (0 for none).
 */
export type Freshness = FromSchema<typeof FRESHNESS_SCHEMA>;
export const FRESHNESS_SCHEMA = record({
	state: { type: "string", enum: ["current", "lagging"] },
	waitingChunks: count,
	waitingSince: number,
});

/**
 * What went against the visitor of a session: `score` from 0 to 100 of its `episodes` (in a list that is
 * narrowed, of those that were asked for), the gravest of which
 * was of a `class`, on a `page`, and is told in a sentence; both "" where there is none. It is worth watching from
 * `replayAt`, ms from the session's start. `provisional` while more may come.
 */
export type Friction = FromSchema<typeof FRICTION_SCHEMA>;
const FRICTION_SCHEMA = record({
	...{ score: number, episodes: count, class: text, page: text, sentence: text },
	...{ replayAt: number, provisional: flag },
});

/**
 * `playable`: a full snapshot is stored, so there is something to show. `live`: more may still come.
 * `referrer` is a host, or "". `device` comes from the user agent. `automated`: the browser said that a
 * program drives it, as in tests and where visitors are simulated.
 */
export type Session = FromSchema<typeof SESSION_SCHEMA>;
export const SESSION_SCHEMA = record({
	id: text,
	visitor: text,
	startedAt: number,
	endedAt: number,
	durationMs: count,
	live: flag,
	playable: flag,
	automated: flag,
	pageViews: count,
	presses: count,
	tabs: count,
	entryPage: text,
	exitPage: text,
	referrer: text,
	browser: text,
	os: text,
	device: { type: "string", enum: ["desktop", "tablet", "phone", "unknown"] },
	language: text,
	viewport: size,
	bytes: count,
	events: count,
	friction: FRICTION_SCHEMA,
});

/** Newest first; `next` is the cursor of the following page, "" at the end. */
export type Sessions = FromSchema<typeof SESSIONS_SCHEMA>;
export const SESSIONS_SCHEMA = record({
	sessions: list(SESSION_SCHEMA),
	next: text,
	freshness: FRESHNESS_SCHEMA,
});

/**
 * A run of chunks that never arrived, by their sequence numbers. What it held lies between `from`, the
 * last instant known before it, and `to`, the first after it, both from the session's start.
 */
export type Gap = FromSchema<typeof GAP_SCHEMA>;
export const GAP_SCHEMA = record({ first: count, last: count, from: number, to: number });

/** One document load in one tab. `from` and `to` count from the session's start. */
export type Stream = FromSchema<typeof STREAM_SCHEMA>;
export const STREAM_SCHEMA = record({
	id: text,
	tab: text,
	from: number,
	to: number,
	url: text,
	viewport: size,
	gaps: list(GAP_SCHEMA),
});

/**
 * Something that happened, `at` ms from the session's start. `label` says it in words of the page
 * (the title of a page, the text of the pressed element), `page` is the page pattern.
 */
export type Marker = FromSchema<typeof MARKER_SCHEMA>;
export const MARKER_SCHEMA = record({
	at: number,
	kind: { type: "string", enum: ["page", "press", "visible", "hidden", "leave"] },
	tab: text,
	page: text,
	label: text,
	/** Role of the pressed element, how a page was reached, how it was left. */
	detail: text,
});

/**
 * Files of the pages of a session: what was kept under the names that stand in its events, and which of
 * it, by stream, are style sheets. `…/sites/:site/assets/:hash` gives them.
 */
export type Assets = FromSchema<typeof ASSETS_SCHEMA>;
export const ASSETS_SCHEMA = record({
	names: { type: "object", additionalProperties: text },
	sheets: { type: "object", additionalProperties: list(text) },
});

/**
 * What recording cost a page view, which lasted from `from` to `to`. Chunks tell it, so where several
 * views share one they share its milliseconds by their time in it, and no task was longer than `longestMs`.
 * `step`: the least detail at which it was recorded (`Envelope.cost`).
 */
export type ViewCost = FromSchema<typeof VIEW_COST_SCHEMA>;
export const VIEW_COST_SCHEMA = record({
	...{ tab: text, page: text, from: number, to: number },
	...{ ms: number, longestMs: number, step: count },
});

/** A stretch of a tab that was recorded with less detail, since recording had cost the page too much. */
export type Reduced = FromSchema<typeof REDUCED_SCHEMA>;
export const REDUCED_SCHEMA = record({ tab: text, from: number, to: number, step: count });

/**
 * What there is to play. `slices` are the ranges of events as they are stored, `keyframes` the instants
 * from which a replay can start; both in ms from the session's start. A `part` is what
 * `…/sessions/:session/parts/:part` gives, `bytes` its size there.
 */
export type Manifest = FromSchema<typeof MANIFEST_SCHEMA>;
export const MANIFEST_SCHEMA = record({
	session: SESSION_SCHEMA,
	/** Which recording this tells of, "" while the session is read from what was uploaded. */
	recording: text,
	tabs: list(record({ id: text, from: number, to: number })),
	streams: list(STREAM_SCHEMA),
	slices: list(
		record({
			...{ tab: text, stream: text, from: number, to: number },
			...{ events: count, bytes: count, part: text },
		}),
	),
	keyframes: list(
		record({
			...{ tab: text, stream: text, at: number },
			/** "": it stands inside the slice of its stream that covers `at`. */
			part: text,
			bytes: count,
			/**
			 * The page's own Meta and full snapshot: belongs to the sequence of events, and stands in no
			 * slice where it has a part. Else folded from them, and only a place to start.
			 */
			recorded: flag,
			/** Which of `texts` it takes. */
			texts: list(count),
		}),
	),
	/** Long texts that keyframes share: in their JSON stands U+0000 and the number. */
	texts: list(record({ part: text, bytes: count })),
	assets: ASSETS_SCHEMA,
	markers: list(MARKER_SCHEMA),
	costs: list(VIEW_COST_SCHEMA),
	reduced: list(REDUCED_SCHEMA),
	freshness: FRESHNESS_SCHEMA,
});

/**
 * One incident of a session, from `at` to `until`, worth watching from `replayAt`, all in ms from its start;
 * `class` is the kind of the gravest of its `signals`, which stand in that order, each with the numbers that led
 * to it. `severity` is in [0, 1). What is about a page has
 * an `element` without anything.
 */
export type Episode = FromSchema<typeof EPISODE_SCHEMA>;
export const EPISODE_SCHEMA = record({
	...{ at: number, until: number, replayAt: number, tab: text, class: text, severity: number },
	...{ page: text, path: text, sentence: text, detectors: text },
	/** Name of what was usual when it was judged, "" where nothing was known of the site. */
	baselines: text,
	element: record({ key: text, candidates: list(list(text)), text, role: text, tag: text }),
	signals: list(
		record({
			...{ kind: text, at: number, sentence: text },
			numbers: { type: "object", additionalProperties: number },
		}),
	),
});

export type SessionEpisodes = FromSchema<typeof SESSION_EPISODES_SCHEMA>;
export const SESSION_EPISODES_SCHEMA = record({
	friction: FRICTION_SCHEMA,
	episodes: list(EPISODE_SCHEMA),
});

/**
 * What went against visitors in sessions that began from `from` to before `to`, by kind, page and element, those with
 * the greatest sum of severities first. `rate` is the share of `whole`, presses on the element or views of the page,
 * that `part` of them came to it in, with its 95 % interval. `sentence` tells of the gravest, `replays` lead to some,
 * the gravest of different sessions first: `at` and `replayAt` count from their starts. `kinds`, `pages` and `elements`
 * are what else could be asked for, with their episodes. Sessions that go on are counted as far as they came.
 */
export type SignalReport = FromSchema<typeof SIGNAL_REPORT_SCHEMA>;
export const SIGNAL_REPORT_SCHEMA = record({
	...{ from: number, to: number, kind: text, page: text, key: text, filter: text },
	/** Of all that is asked for. */
	...{ episodes: count, sessions: count },
	signals: list(
		record({
			...{ kind: text, page: text, episodes: count, sessions: count, severity: number },
			/** Epoch ms of the newest. */
			latest: number,
			sentence: text,
			/** `id` names it among all elements of the site, as on maps; all are empty of what is about the page. */
			element: record({
				...{ id: text, key: text, candidates: list(list(text)), text, role: text, tag: text },
			}),
			rate: record({
				...{ part: count, whole: count, of: { type: "string", enum: ["presses", "views"] } },
				...{ share: number, lower: number, upper: number },
			}),
			replays: list(record({ session: text, tab: text, at: number, replayAt: number })),
		}),
	),
	kinds: list(record({ kind: text, episodes: count })),
	pages: list(record({ page: text, episodes: count })),
	elements: list(record({ key: text, text, role: text, tag: text, episodes: count })),
	next: text,
	freshness: FRESHNESS_SCHEMA,
});

/** Header of a part: milliseconds to add to the times of its events, where its page's clock was off. */
export const SHIFT_HEADER = "snag-shift";

/** rrweb events of one tab in order, each stream beginning with Meta and a full snapshot. */
export type ReplayEvent = FromSchema<typeof REPLAY_EVENT_SCHEMA>;
export const REPLAY_EVENT_SCHEMA = {
	type: "object",
	properties: { type: { type: "integer" }, timestamp: { type: "number" }, data: {} },
	required: ["type", "timestamp"],
	additionalProperties: true,
} as const;

/**
 * Why a page is one: it told so itself, a rule of the site says so, it was learned, or its path is.
 */
export type PageBy = FromSchema<typeof PAGE_BY_SCHEMA>;
const PAGE_BY_SCHEMA = { type: "string", enum: ["told", "rule", "learned", "path"] } as const;

/** `members` counts the stored pages that are shown as this one. */
export type Pages = FromSchema<typeof PAGES_SCHEMA>;
export const PAGES_SCHEMA = record({
	pages: list(
		record({
			page: text,
			by: PAGE_BY_SCHEMA,
			members: count,
			title: text,
			views: count,
			sessions: count,
			presses: count,
			lastSeenAt: number,
		}),
	),
	next: text,
	freshness: FRESHNESS_SCHEMA,
});

/**
 * Stored pages that are shown as one, `pattern`. `fits` counts all that the pattern has, `members` those
 * that no rule before it took; of these the most viewed are in `pages`, each with the page it is shown as
 * today.
 */
export type PageMerge = FromSchema<typeof PAGE_MERGE_SCHEMA>;
const PAGE_MERGE_SCHEMA = record({
	pattern: text,
	fits: count,
	members: count,
	views: count,
	presses: count,
	pages: list(record({ page: text, shownAs: text, views: count, presses: count })),
});

/**
 * What rules do to the pages of a site: what each of them merges, in their order; what is learned beside
 * them; and what would be, had it not been rejected. `stored` pages become `shown`.
 */
export type PageEffect = FromSchema<typeof PAGE_EFFECT_SCHEMA>;
export const PAGE_EFFECT_SCHEMA = record({
	rules: list(PAGE_MERGE_SCHEMA),
	learned: list(PAGE_MERGE_SCHEMA),
	rejected: list(PAGE_MERGE_SCHEMA),
	stored: count,
	shown: count,
});

const pagePatterns = {
	type: "array",
	maxItems: 100,
	items: { type: "string", minLength: 1, maxLength: 300 },
} as const;

/** Patterns, the first that fits a page decides; and learned ones that are not used. */
export type PageChoices = FromSchema<typeof PAGE_CHOICES_SCHEMA>;
export const PAGE_CHOICES_SCHEMA = record({ rules: pagePatterns, rejected: pagePatterns });

/** `version` is the one that is changed: somebody else's change is not undone unseen. */
export type PageRulesChange = FromSchema<typeof PAGE_RULES_CHANGE_SCHEMA>;
export const PAGE_RULES_CHANGE_SCHEMA = record({
	version: count,
	...PAGE_CHOICES_SCHEMA.properties,
});

/** `before` is what the last change replaced. `changedAt` is 0 where nothing was ever decided. */
export type PageRules = FromSchema<typeof PAGE_RULES_SCHEMA>;
export const PAGE_RULES_SCHEMA = record({
	version: count,
	...PAGE_CHOICES_SCHEMA.properties,
	changedAt: number,
	changedBy: text,
	before: PAGE_CHOICES_SCHEMA,
	effect: PAGE_EFFECT_SCHEMA,
});

/**
 * What recording cost pages, as shares of the time they were open, over the page views of at least
 * `leastMs` in the newest `sessions`; those with the highest 95th percentile first.
 */
export type RecorderCost = FromSchema<typeof RECORDER_COST_SCHEMA>;
export const RECORDER_COST_SCHEMA = record({
	sessions: count,
	leastMs: count,
	pages: list(
		record({
			page: text,
			views: count,
			/** 0 to 1. */
			median: number,
			p95: number,
			longestMs: number,
			/** Views that were recorded with less detail for a while. */
			reduced: count,
		}),
	),
	freshness: FRESHNESS_SCHEMA,
});

/** A range of viewport widths, as `0-479` or `1440-` in `group=`. */
export type ViewportGroup = FromSchema<typeof VIEWPORT_GROUP_SCHEMA>;
export const VIEWPORT_GROUP_SCHEMA = record({
	id: text,
	minWidth: count,
	/** 0 for no upper end. */
	maxWidth: count,
	presses: count,
	views: count,
});

/**
 * What a map counts on an element. `press`: presses. `first`, `last`: first presses of page views, and last
 * ones before an exit. `rage`, `dead`, `error`: presses that were part of such a signal, each session once.
 * `hesitation`: sessions that took a time at it, of ten and more. `exposure`: having been seen. `scroll`, `attention` and `move` are of the page, not of
 * elements, and count 0.
 */
export const HEAT_KINDS = [
	...(["press", "first", "last", "rage", "dead", "error", "hesitation"] as const),
	...(["move", "scroll", "attention", "exposure"] as const),
] as const;
/** `unique` counts an element once per session, `all` as often as it happened. */
export const HEAT_UNITS = ["unique", "all"] as const;
/** `mouse` includes pens; presses by key are in neither; "" is all of them. */
export const HEAT_POINTERS = ["", "mouse", "touch"] as const;

/**
 * One element. `bins` are [column, row, count] on a 64 × 64 grid over its border box; of presses they add up
 * to `count`, also where an answer would have more than 50,000 of them and cells are joined.
 * One position holds many things over time: where `key` is a path, a class or an item of a list, each tag and text has an entry of its
 * own. `key` is "" and `candidates` empty where the element's definition never arrived.
 */
export type HeatmapElement = FromSchema<typeof HEATMAP_ELEMENT_SCHEMA>;
export const HEATMAP_ELEMENT_SCHEMA = open(
	{
		/** Names it among all elements of the site: 64 bits in hexadecimal digits. */
		id: text,
		key: text,
		/** Other keys of what was found to be the same element. */
		also: list(text),
		candidates: list(list(text)),
		tag: text,
		role: text,
		text: text,
		layer: text,
		presses: count,
		/** Sessions and page views with a press on it. */
		sessions: count,
		views: count,
		/** In which it was seen to at least a half for 150 ms, or pressed. */
		exposedSessions: count,
		exposedViews: count,
		/** Page views whose first press is here. */
		first: count,
		/** Exits whose last press is here, and exits from page views with a press here. */
		last: count,
		exits: count,
		/** Where visitors went from page views with a press here, the most frequent first. */
		next: list(record({ page: text, views: count })),
		/** Of the kind and unit asked for. */
		count: count,
		bins: list(list(count)),
	},
	{
		/**
		 * Where the map is of hesitation: how much longer sessions took before they pressed it, or wrote in it, than at controls like it on the whole site
		 * (`ratio` 2: twice as long; at 95 % between `lower` and `upper`), and their median. Only of ten sessions and
		 * more, and where it is known what is usual.
		 */
		hesitation: record({
			sessions: count,
			medianMs: count,
			ratio: number,
			lower: number,
			upper: number,
		}),
	},
);

/** Slices of a document's height, and steps between its top and its end. */
export const HEAT_SLICES = 20;

export type Heatmap = FromSchema<typeof HEATMAP_SCHEMA>;
export const HEATMAP_SCHEMA = open(
	{
		page: text,
		kind: { type: "string", enum: HEAT_KINDS },
		/** "" for all widths. */
		group: text,
		unit: { type: "string", enum: HEAT_UNITS },
		pointer: { type: "string", enum: HEAT_POINTERS },
		/** What is open on the page: "" for anything, `base` for nothing, else an id of `states`. */
		state: text,
		filter: text,
		/** Sessions that began from here to before there, each whole. */
		from: number,
		to: number,
		groups: list(VIEWPORT_GROUP_SCHEMA),
		/** Whether the groups are the site's own, from its style sheets. */
		groupsFrom: { type: "string", enum: ["site", "fixed"] },
		states: list(record({ id: text, label: text, presses: count })),
		pointers: list(record({ id: { type: "string", enum: HEAT_POINTERS }, presses: count })),
		/** All presses, sessions, page views and exits asked for, whatever the map counts of them. */
		presses: count,
		sessions: count,
		views: count,
		exits: count,
		/** Of `exits`, those of sessions that may still go on: the page they are on is their last one so far. */
		openExits: count,
		/** The sum of the elements' `count`. */
		counted: count,
		/**
		 * Page views that exposures, attention, dwell and next pages were taken from: fewer than `views` on large
		 * pages, where what was found is scaled to all.
		 */
		sampledViews: count,
		/**
		 * Presses that bins, groups, states and pointers were taken from, of whole sessions: fewer than `presses`
		 * on large pages, where bins are scaled to what was counted on each element, and the others to all.
		 */
		sampledPresses: count,
		elements: list(HEATMAP_ELEMENT_SCHEMA),
		freshness: FRESHNESS_SCHEMA,
	},
	{
		/** Where `kind` is `scroll`: how many views saw each twentieth of the document's height, from 0 to all. */
		scroll: record({ views: count, reach: list(count) }),
		/** Where `kind` is `hesitation`: name of what was usual, "" where too little is known of the site. */
		usual: text,
		/** Where `kind` is `attention`: seconds that twentieths of the document were on the screen of a view. */
		attention: record({ views: count, median: list(number), p75: list(number) }),
		/**
		 * Where `kind` is `move`: milliseconds that the pointer rested, as [column, row, ms] in cells of the document,
		 * of `views` whose viewport is nearly `width` wide, of all `ofViews`.
		 */
		dwell: record({
			...{ views: count, ofViews: count, cellPx: count, width: count },
			cells: list(list(count)),
		}),
	},
);

/** Some elements of a page taken together: a session counts once, however many of them it pressed or saw. */
export type HeatmapZone = FromSchema<typeof HEATMAP_ZONE_SCHEMA>;
export const HEATMAP_ZONE_SCHEMA = record({
	...{ presses: count, sessions: count },
	/** Sessions that saw any of them, or pressed it. */
	exposedSessions: count,
	/** Of the whole page, whatever was pressed. */
	...{ pagePresses: count, pageSessions: count },
});

/** Newest first, spread over sessions. `at` counts from the session's start. */
export type HeatmapPresses = FromSchema<typeof HEATMAP_PRESSES_SCHEMA>;
export const HEATMAP_PRESSES_SCHEMA = record({
	presses: list(record({ session: text, at: number, tab: text })),
});

/**
 * What to rebuild under a heatmap: play `events` to the instant `at` (epoch ms) and stop. `score` counts, over
 * the sessions of the newest page views, the presses on elements that were seen in this one. `state` is what
 * was asked for where it was open at that instant, else "". `choices` are sessions of which one could be
 * shown, the best first, this one as a rule among them; their `session` pins them.
 */
export type Backdrop = FromSchema<typeof BACKDROP_SCHEMA>;
export const BACKDROP_SCHEMA = record({
	page: text,
	/** Width asked for, and the viewport it was recorded at. */
	width: count,
	recordedAt: size,
	session: text,
	at: number,
	score: count,
	state: text,
	choices: list(
		record({ session: text, at: number, width: count, score: count, recordedAt: size }),
	),
	events: list(REPLAY_EVENT_SCHEMA),
});

/**
 * The live check of an installation, in order. A step that waits or failed carries a code that the
 * viewer explains and a message with what came.
 */
export type Setup = FromSchema<typeof SETUP_SCHEMA>;
export const SETUP_SCHEMA = record({
	site: text,
	steps: list(
		record({
			name: { type: "string", enum: ["script", "chunk", "snapshot", "session"] },
			state: { type: "string", enum: ["waiting", "done", "failed"] },
			/** When it was done, else 0. */
			at: number,
			/** "" | nothing_yet | a refusal code | index_unavailable | no_snapshot */
			code: text,
			message: text,
		}),
	),
	/** Newest playable session, "" for none. */
	session: text,
});

export type Health = FromSchema<typeof HEALTH_SCHEMA>;
export const HEALTH_SCHEMA = record({
	status: { type: "string", enum: ["ready", "degraded", "unavailable"] },
	store: { type: "string", enum: ["ready", "unavailable"] },
	index: { type: "string", enum: ["ready", "unavailable"] },
	waitingChunks: count,
});

/** Either a visitor, up to now, or one session. */
export type NewErasure = FromSchema<typeof NEW_ERASURE_SCHEMA>;
export const NEW_ERASURE_SCHEMA = {
	type: "object",
	properties: {
		visitor: { type: "string", pattern: "^[0-9a-f]{32}$" },
		session: { type: "string", format: "uuid" },
	},
	oneOf: [{ required: ["visitor"] }, { required: ["session"] }],
	additionalProperties: false,
} as const;

/** From its instant on, nothing of it can be read or sent; when it is done, nothing of it is stored. */
export type Erasure = FromSchema<typeof ERASURE_SCHEMA>;
export const ERASURE_SCHEMA = record({
	id: text,
	kind: { type: "string", enum: ["visitor", "session"] },
	/** Id of the visitor or the session. */
	subject: text,
	at: number,
	state: { type: "string", enum: ["running", "done"] },
	/** When everything was gone, and when that was last made sure of; 0 while it runs. */
	finishedAt: number,
	checkedAt: number,
	sessions: list(text),
	/** How much of each kind is gone. */
	counts: { type: "object", additionalProperties: count },
	/** Objects that are gone. */
	keys: list(text),
});

/** Newest first. */
export type Erasures = FromSchema<typeof ERASURES_SCHEMA>;
export const ERASURES_SCHEMA = record({ erasures: list(ERASURE_SCHEMA) });

/** An object whose fields are all required and which has no others. */
function record<const P extends Record<string, JSONSchema>>(properties: P) {
	return {
		type: "object",
		properties,
		required: Object.keys(properties) as (keyof P & string)[],
		additionalProperties: false,
	} as const;
}

/** An object that may lack some of its fields and has no others. */
function open<
	const P extends Record<string, JSONSchema>,
	const O extends Record<string, JSONSchema>,
>(properties: P, optional: O) {
	return { ...record(properties), properties: { ...properties, ...optional } } as const;
}

function list<const I extends JSONSchema>(items: I) {
	return { type: "array", items } as const;
}
