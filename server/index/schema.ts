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

const CHUNK_IDENTITY = "session UUID, stream FixedString(32), sequence UInt32, part UInt8";

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

	// One row per fact. \`kind\` is the fact's code; columns that a kind does not have keep their default.
	// \`data\` is JSON: the fields of the tuple that have no column.
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

	// Element definitions: what a number means in its stream. \`candidates\` is JSON.
	`CREATE TABLE IF NOT EXISTS elements (
		site UInt32, day Date, session UUID, stream FixedString(32), element UInt32,
		key String, candidates String, tag LowCardinality(String), role LowCardinality(String),
		text String, repeatable UInt8, version UInt64
	) ENGINE = ReplacingMergeTree(version) PARTITION BY toMonday(day)
	ORDER BY (site, day, session, stream, element) SETTINGS index_granularity = 1024`,

	// One row per session that is finished: its recording. The generation with the most chunks wins,
	// whoever wrote it last: \`version\` is chunks × 2^20 + generation.
	`CREATE TABLE IF NOT EXISTS recordings (
		site UInt32, day Date, session UUID, generation UInt32, key String,
		bytes UInt64, head_bytes UInt32, chunks UInt32,
		started_at DateTime64(3, 'UTC'), ended_at DateTime64(3, 'UTC'),
		finished_at DateTime64(3, 'UTC'), version UInt64
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
	"ALTER TABLE recordings ADD COLUMN IF NOT EXISTS media_widths Array(Tuple(UInt32, UInt32)) AFTER version",
];
