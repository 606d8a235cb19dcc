// All of the configuration, read once at start. Every value has a default that works on localhost;
// all faults are reported together, each with what came and what was expected.
import { resolve } from "node:path";
import { StartError } from "./errors.ts";
import { type BudgetLimits, DEFAULT_BUDGETS } from "./ingest/budgets.ts";

export interface DiskStorage {
	kind: "disk";
	folder: string;
}

export interface S3Storage {
	kind: "s3";
	bucket: string;
	/** Key prefix with its closing slash, or "". */
	prefix: string;
	region: string;
	endpoint: string | undefined;
	pathStyle: boolean;
}

export interface Config {
	host: string;
	port: number;
	/** Public URL without a closing slash; undefined means the address the server listens on. */
	url: string | undefined;
	dataFolder: string;
	storage: DiskStorage | S3Storage;
	/** When a chunk is acknowledged: once the store has it, or once a journal in front of it has. */
	ack: "store" | "journal";
	/** A ClickHouse server to use instead of the embedded index. */
	clickhouseUrl: string | undefined;
	/** An API token with every right, besides the one kept in the data folder. */
	adminToken: string | undefined;
	/** A session is live until this long after its last sign of life. */
	idleMs: number;
	/** Sessions of days that are longer ago than this are swept away. */
	retentionMs: number;
	/** Proxies in front that name the address of whoever asked them, 0 for none. */
	trustProxy: number;
	/** Does the server fetch files of pages from the internet that the pages may not read? */
	fetchesAssets: boolean;
	budgets: BudgetLimits;
	logLevel: string;
	demoPort: number;
}

const ACKS = ["store", "journal"] as const;
const SWITCHES: Readonly<Record<string, boolean | undefined>> = { on: true, off: false };
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** @throws StartError that lists every wrong value */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
	const faults: string[] = [];
	const read = <T>(
		name: string,
		parse: (text: string) => T | undefined,
		want: string,
		or: T,
	): T => {
		const text = env[name];
		if (text === undefined || text === "") return or;
		const value = parse(text);
		if (value === undefined) faults.push(`${name}=${text} is wrong: ${want}`);
		return value ?? or;
	};
	const budget = (name: string, limit: keyof BudgetLimits): number =>
		read(
			`SNAG_BUDGET_${name}`,
			parseCount,
			"a whole number, 0 for no limit",
			DEFAULT_BUDGETS[limit],
		);
	const dataFolder = resolve(env.SNAG_DATA || "data");
	const config: Config = {
		host: env.HOST || "127.0.0.1",
		port: read("PORT", parsePort, "a port from 0 to 65535", 4000),
		url: read("SNAG_URL", parseHttpUrl, "an http(s) URL", undefined),
		dataFolder,
		storage: read(
			"SNAG_STORAGE",
			parseStorage,
			"file:/folder or s3://bucket/prefix?region=&endpoint=&pathStyle=",
			{ kind: "disk", folder: resolve(dataFolder, "objects") },
		),
		ack: read("SNAG_ACK", (text) => ACKS.find((ack) => ack === text), ACKS.join(" or "), "store"),
		clickhouseUrl: read("SNAG_CLICKHOUSE_URL", parseHttpUrl, "an http(s) URL", undefined),
		adminToken: read("SNAG_ADMIN_TOKEN", parseToken, "at least 16 characters", undefined),
		idleMs: read("SNAG_IDLE_SECONDS", parseSeconds, "a number of seconds above 0", 2_100_000),
		retentionMs: read(
			"SNAG_RETENTION_DAYS",
			parseDays,
			"a number of days from 1 to 3650",
			30 * 24 * 60 * 60 * 1000,
		),
		trustProxy: read(
			"SNAG_TRUST_PROXY",
			parseHops,
			"none, true (one proxy), or how many stand in a row",
			0,
		),
		fetchesAssets: read("SNAG_FETCH_ASSETS", (text) => SWITCHES[text], "on or off", true),
		budgets: {
			siteBytesPerDay: budget("BYTES_PER_DAY", "siteBytesPerDay"),
			siteAssetBytesPerDay: budget("ASSET_BYTES_PER_DAY", "siteAssetBytesPerDay"),
			siteSessionsPerMinute: budget("SESSIONS_PER_MINUTE", "siteSessionsPerMinute"),
			addressSessionsPerHour: budget("ADDRESS_SESSIONS_PER_HOUR", "addressSessionsPerHour"),
			addressRequestsPerMinute: budget("ADDRESS_REQUESTS_PER_MINUTE", "addressRequestsPerMinute"),
			sessionRequests: budget("SESSION_REQUESTS", "sessionRequests"),
		},
		logLevel: read(
			"SNAG_LOG_LEVEL",
			(text) => LOG_LEVELS.find((level) => level === text),
			LOG_LEVELS.join(", "),
			"warn",
		),
		demoPort: read("DEMO_PORT", parsePort, "a port from 0 to 65535", 4001),
	};
	if (config.ack === "journal" && config.storage.kind === "disk") {
		faults.push(
			"SNAG_ACK=journal stands in front of S3 only: set SNAG_STORAGE or leave SNAG_ACK out",
		);
	}
	if (faults.length > 0) throw new StartError(faults.join("; "));
	return config;
}

function parsePort(text: string): number | undefined {
	return /^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : undefined;
}

function parseSeconds(text: string): number | undefined {
	return /^\d+$/.test(text) && Number(text) > 0 ? Number(text) * 1000 : undefined;
}

function parseDays(text: string): number | undefined {
	const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
	return days >= 1 && days <= 3650 ? days * 24 * 60 * 60 * 1000 : undefined;
}

function parseHops(text: string): number | undefined {
	if (text === "true") return 1;
	if (text === "false" || text === "none") return 0;
	return /^\d$/.test(text) ? Number(text) : undefined;
}

function parseCount(text: string): number | undefined {
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function parseToken(text: string): string | undefined {
	return text.length >= 16 ? text : undefined;
}

function parseHttpUrl(text: string): string | undefined {
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
		? text.replace(/\/+$/, "")
		: undefined;
}

function parseStorage(text: string): DiskStorage | S3Storage | undefined {
	if (text.startsWith("file:")) {
		const folder = text.slice(5).replace(/^\/\/(?=\/)/, "");
		return folder === "" ? undefined : { kind: "disk", folder: resolve(folder) };
	}
	if (!text.startsWith("s3://") || !URL.canParse(text)) return undefined;
	const url = new URL(text);
	const prefix = url.pathname.replace(/^\/+|\/+$/g, "");
	if (url.host === "") return undefined;
	return {
		kind: "s3",
		bucket: url.host,
		prefix: prefix === "" ? "" : `${prefix}/`,
		region: url.searchParams.get("region") || "us-east-1",
		endpoint: url.searchParams.get("endpoint") || undefined,
		pathStyle: url.searchParams.get("pathStyle") === "true" || url.searchParams.has("endpoint"),
	};
}
