// The tables of the index. Everything in them is derived from packs and can be made again. Rows carry
// their chunk's identity in the sorting key, so a chunk that is indexed twice counts once; `version`
// grows with earlier receipt, so that of two chunks with one identity the first received stays.

/** Receipt times are subtracted from this, so that the earliest version is the highest. */
export const VERSION_BASE = 2 ** 43;

/**
 * What is referred to comes before what refers to it, so that a look in between finds no press without
 * its element and no session without its facts. A pack is named last: one that is not named is repaired,
 * one that is named is complete. Forgetting goes the other way round, so that wherever it is cut short
 * nothing is named that is not there.
 */
export const FILL_ORDER = ["elements", "facts", "chunks", "recordings", "packs"] as const;

/**
 * Derived from the facts of whole sessions (`heat-rows.ts`, `episode-rows.ts`, `baseline-rows.ts`). `heats` says of which: what is written of a
 * session counts only where its row there is the newest and names all of its chunks.
 */
export const HEAT_TABLES = [
	...(["keys", "shown", "presses", "episodes", "times", "habits", "visits", "heats"] as const),
] as const;

const CHUNK_IDENTITY = "session UUID, stream FixedString(32), sequence UInt32, part UInt8";

/** What filters of sessions ask for. */
const VISITED = `path LowCardinality(String), browser LowCardinality(String), os LowCardinality(String),
		device LowCardinality(String), language LowCardinality(String), automated UInt8,
		variants Array(LowCardinality(String))`;

/**
 * Counts that the engine keeps beside the rows, part by part: whatever takes rows away counts them anew. `toDate(began)`
 * and `flags` are all that a map of a whole page asks of a press (`queries/heat-sql.ts`).
 */
const PRESS_COUNTS = `(
		SELECT site, page, day, toDate(began), key, flags, count()
		GROUP BY site, page, day, toDate(began), key, flags
	)`;
const SHOWN_COUNTS = `(
		SELECT site, page, day, toDate(began), flags, count()
		GROUP BY site, page, day, toDate(began), flags
	)`;

export const TABLES: readonly string[] = [
	`CREATE TABLE IF NOT EXISTS packs (
		day Date, key String, chunks UInt32, bytes UInt32
	) ENGINE = ReplacingMergeTree PARTITION BY toMonday(day) ORDER BY (day, key)`,

	// One row per chunk: where it is stored and what its envelope said. `day` is the session id's day.
	// What recording cost is summed up over the stream so far, as it came.
	`CREATE TABLE IF NOT EXISTS chunks (
		site UInt32, day Date, ${CHUNK_IDENTITY},
		tab FixedString(32), visitor FixedString(32), write_key FixedString(32),
		pack String, offset UInt32, length UInt32, crc UInt32,
		received_at DateTime64(3, 'UTC'), sent_at DateTime64(3, 'UTC'),
		encoding LowCardinality(String), events UInt32,
		events_from DateTime64(3, 'UTC'), events_to DateTime64(3, 'UTC'),
		snapshots Array(DateTime64(3, 'UTC')),
		first_at DateTime64(3, 'UTC'), last_at DateTime64(3, 'UTC'),
		url String, viewport_width UInt32, viewport_height UInt32, language LowCardinality(String),
		referrer String, browser LowCardinality(String), os LowCardinality(String),
		device LowCardinality(String), version UInt64, automated UInt8,
		cost_ms Float32, longest_ms Float32, step UInt8
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, day, session, stream, sequence, part) SETTINGS index_granularity = 1024`,

	// One row per fact. `kind` is the fact's code; columns that a kind does not have keep their default.
	// `data` is JSON: the fields of the tuple that have no column.
	`CREATE TABLE IF NOT EXISTS facts (
		site UInt32, day Date, ${CHUNK_IDENTITY}, position UInt32,
		tab FixedString(32), kind UInt8, at DateTime64(3, 'UTC'),
		view UInt32, path String, page String,
		title String, reached LowCardinality(String), document_width Int32, document_height Int32,
		viewport_width Int32, viewport_height Int32,
		element UInt32, x UInt16, y UInt16, document_x Int32, document_y Int32,
		layer LowCardinality(String), pointer LowCardinality(String),
		hover_ms Int32, approach_ms Int32, hints UInt32, state String,
		visible UInt8, how LowCardinality(String), version UInt64, data String
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, kind, page, day, session, stream, sequence, part, position)
	SETTINGS index_granularity = 1024`,

	// Element definitions: what a number means in its stream. `candidates` is JSON.
	`CREATE TABLE IF NOT EXISTS elements (
		site UInt32, day Date, session UUID, stream FixedString(32), element UInt32,
		key String, candidates String, tag LowCardinality(String), role LowCardinality(String),
		text String, repeatable UInt8, version UInt64
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, day, session, stream, element) SETTINGS index_granularity = 1024`,

	// One row per session that is finished: its recording. The generation with the most chunks wins,
	// whoever wrote it last: `version` is chunks × 2^20 + generation.
	`CREATE TABLE IF NOT EXISTS recordings (
		site UInt32, day Date, session UUID, generation UInt32, key String,
		bytes UInt64, head_bytes UInt32, chunks UInt32,
		started_at DateTime64(3, 'UTC'), ended_at DateTime64(3, 'UTC'),
		finished_at DateTime64(3, 'UTC'), version UInt64
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, day, session) SETTINGS index_granularity = 1024`,

	// One row per press, with all that a map asks of it, so that none is joined. `flags` are HEAT_FLAGS:
	// sums of them stand for distinct counts. Nothing is replaced here, because
	// millions of rows are read too slowly with FINAL: what is written again is deleted before. `began` is
	// when the session's first page view did.
	`CREATE TABLE IF NOT EXISTS presses (
		site UInt32, page LowCardinality(String), key UInt64, view_at DateTime64(3, 'UTC') CODEC(Delta, LZ4),
		draw UInt16, day Date, session UUID, view UInt64, began DateTime64(3, 'UTC'), at DateTime64(3, 'UTC'),
		tab FixedString(32), viewport_width UInt32, viewport_height UInt32, pointer Enum8('key' = 0, 'mouse' = 1, 'touch' = 2),
		state LowCardinality(String), layer LowCardinality(String), bin UInt16, flags UInt16, hints UInt32,
		next LowCardinality(String), ${VISITED},
		PROJECTION counts ${PRESS_COUNTS}
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page, bitShiftRight(draw, 12), key, view_at)`,

	// One row per page view.
	// `exposed` are the keys that were seen or pressed, `new_exposed` those for the first time in the session
	// on this page. `dwell_ms` belongs to `dwell_cells`: row × 65536 + column.
	`CREATE TABLE IF NOT EXISTS shown (
		site UInt32, page LowCardinality(String), draw UInt16, view_at DateTime64(3, 'UTC'),
		day Date, session UUID, view UInt64, began DateTime64(3, 'UTC'),
		viewport_width UInt32, viewport_height UInt32, other_widths Array(UInt32), pointers UInt8,
		flags UInt16, presses UInt32, visible_ms UInt32, next LowCardinality(String),
		exposed Array(UInt64), new_exposed Array(UInt64), reach UInt8, height UInt32,
		attention Array(UInt32), dwell_cells Array(UInt32), dwell_ms Array(UInt32), ${VISITED},
		PROJECTION counts ${SHOWN_COUNTS}
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page, draw, view_at)`,

	// What a key stands for: of the definitions of one day the one with the highest `version`, which is made of
	// what it says, so that the same one stays whatever came first.
	`CREATE TABLE IF NOT EXISTS keys (
		site UInt32, hash UInt64, day Date, session UUID, key String, candidates String,
		tag LowCardinality(String), role LowCardinality(String), text String, version UInt64
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, hash, day) SETTINGS index_granularity = 1024`,

	// One row per episode. `signals` is JSON: what led to it, with the numbers of each and a sentence. `class` is
	// the kind of the gravest; `key` the hash of the element's key, 0 for none; times are epoch ms of the page.
	`CREATE TABLE IF NOT EXISTS episodes (
		site UInt32, page LowCardinality(String), class LowCardinality(String), began DateTime64(3, 'UTC'),
		day Date, session UUID, view UInt64, tab FixedString(32), at DateTime64(3, 'UTC'), until DateTime64(3, 'UTC'),
		stream FixedString(32), element UInt32, key UInt64, element_key String, candidates String, text String,
		role LowCardinality(String), tag LowCardinality(String), viewport_width UInt32,
		severity Float32, signals String, detectors LowCardinality(String), ${VISITED},
		baselines LowCardinality(String)
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page, class, began)`,

	// What sessions say of what is usual (`signals/baseline/contribution.ts`). `times`: one of a session for a page,
	// an element (hash of its key) and a measure, as ln ms in `y`; `pointed` is the kind of pointer, "" for
	// fields, whose `pointer` is that of the page view.
	`CREATE TABLE IF NOT EXISTS times (
		site UInt32, page LowCardinality(String), key UInt64, measure LowCardinality(String),
		pointed LowCardinality(String), role LowCardinality(String), y Float64,
		draw UInt16, day Date, session UUID, began DateTime64(3, 'UTC'),
		viewport_width UInt32, viewport_height UInt32, pointer Enum8('key' = 0, 'mouse' = 1, 'touch' = 2),
		state LowCardinality(String), ${VISITED}
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page, bitShiftRight(draw, 12), key)`,

	// Presses of a session on an element that could be judged, those that were answered, lengths of bursts, and how often
	// a pointer came to rest there without a press.
	`CREATE TABLE IF NOT EXISTS habits (
		site UInt32, page LowCardinality(String), key UInt64, draw UInt16, day Date, session UUID,
		judged UInt32, answered UInt32, bursts Array(UInt32), dithers UInt32
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page, key)`,

	// How often a session saw a page, came back from it at once and had it loaded again; for how many ms it stayed and how
	// often it turned back while scrolling, each time.
	`CREATE TABLE IF NOT EXISTS visits (
		site UInt32, page LowCardinality(String), draw UInt16, day Date, session UUID,
		visits UInt32, returns UInt32, stays Array(UInt32), turns Array(UInt32), reloads UInt32
	) ENGINE = MergeTree PARTITION BY toMonday(day) ORDER BY (site, page)`,

	// Sessions whose heat rows and episodes are written. `chunks` is how many their facts came from; 0 while they
	// are being written. `version` is that of the recording, of the detectors, of the pass, and 1 where it is done
	// (`derived-version.ts`).
	`CREATE TABLE IF NOT EXISTS heats (
		site UInt32, day Date, session UUID, chunks UInt32, version UInt64
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, day, session) SETTINGS index_granularity = 1024`,
];

/** What tables of earlier versions lack. Each does nothing where it has been done. */
export const CHANGES: readonly string[] = [
	"ALTER TABLE facts ADD COLUMN IF NOT EXISTS data String AFTER version",
	"ALTER TABLE chunks ADD COLUMN IF NOT EXISTS automated UInt8 AFTER version",
	"ALTER TABLE chunks ADD COLUMN IF NOT EXISTS cost_ms Float32 AFTER automated",
	"ALTER TABLE chunks ADD COLUMN IF NOT EXISTS longest_ms Float32 AFTER cost_ms",
	"ALTER TABLE chunks ADD COLUMN IF NOT EXISTS step UInt8 AFTER longest_ms",
	`ALTER TABLE presses ADD COLUMN IF NOT EXISTS draw UInt16
		DEFAULT reinterpretAsUInt16(reverse(substring(UUIDStringToNum(toString(session)), 15, 2)))`,
	"ALTER TABLE presses ADD COLUMN IF NOT EXISTS viewport_height UInt32 AFTER viewport_width",
	"ALTER TABLE recordings ADD COLUMN IF NOT EXISTS media_widths Array(Tuple(UInt32, UInt32)) AFTER version",
	"ALTER TABLE episodes ADD COLUMN IF NOT EXISTS baselines LowCardinality(String) AFTER variants",
	`ALTER TABLE presses ADD PROJECTION IF NOT EXISTS counts ${PRESS_COUNTS}`,
	`ALTER TABLE shown ADD PROJECTION IF NOT EXISTS counts ${SHOWN_COUNTS}`,
];

/** Tables with rows of before there were counts beside them: these are not merged with those of today. */
export const UNCOUNTED = `
	SELECT DISTINCT table FROM system.parts
	WHERE active AND database = currentDatabase() AND table IN ('presses', 'shown')
		AND NOT has(projections, 'counts')`;
/** It goes on by itself; what is not counted yet is read row by row. */
export const COUNT =
	"ALTER TABLE {table:Identifier} MATERIALIZE PROJECTION counts SETTINGS mutations_sync = 0";
