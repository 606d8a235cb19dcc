// Every object key is built and parsed here.
//
//   p/{yyyymmdd}/{hh}/{2 hex}/{uuidv7}-{node}.pk      packs, by the hour they were written (UTC)
//   r/{site}/{yyyymm}/{session}.g{n}-{hash}.rec       recordings, by the month of the session's day
//   q/{site}/{yyyymmdd}/{session}-{crc}.bad           what could not be read of a session, by its day,
//   q/{site}/{yyyymmdd}/{session}-{crc}.json          and why
//   t/{yyyymmdd}/{uuidv7}.json                        tombstones: what was erased and must not come back
//   a/{site}/{sha256}                                 files of pages, by content
//   b/{site}/{epoch ms, 13 digits}.json.gz            what was usual on a site when it was frozen
//   c/{epoch ms, 13 digits}-{node}.json               control snapshots
import { isSessionId, type SessionId, timeOfUuidV7 } from "../../protocol/ids.ts";

const PACK = /^p\/(\d{8})\/(\d{2})\/[0-9a-f]{2}\/([0-9a-f-]{36})-([0-9a-z]+)\.pk$/;
const RECORDING = /^r\/(\d{1,10})\/(\d{6})\/([0-9a-f-]{36})\.g(\d{1,6})-([0-9a-f]{16})\.rec$/;
const QUARANTINE = /^q\/(\d{1,10})\/(\d{8})\/([0-9a-f-]{36})-([0-9a-f]{8})\.(bad|json)$/;
const TOMBSTONE = /^t\/(\d{8})\/([0-9a-f-]{36})\.json$/;
const CONTROL_SNAPSHOT = /^c\/(\d{13})-([0-9a-z]+)\.json$/;
const BASELINE = /^b\/(\d{1,10})\/(\d{13})\.json\.gz$/;
const ASSET = /^a\/(\d{1,10})\/([0-9a-f]{64})$/;
/** What a key may look like at all: nothing that a file system could take for a way out. */
const KEY = /^[a-z0-9]+(?:[/._-]?[a-z0-9]+)*$/;

/** @param id UUIDv7 of the pack; its last two digits spread the keys */
export function packKey(id: string, node: string, writtenAt: number): string {
	return `${packHour(writtenAt)}${id.slice(-2)}/${id}-${node}.pk`;
}

/** Key prefix of the packs written in the hour of an instant. */
export function packHour(at: number): string {
	const iso = new Date(at).toISOString();
	return `p/${iso.slice(0, 10).replaceAll("-", "")}/${iso.slice(11, 13)}/`;
}

/** Prefixes of all hours from an instant to another, both included, oldest first. */
export function packHours(from: number, to: number): string[] {
	const hour = 3_600_000;
	const prefixes: string[] = [];
	for (let at = Math.floor(from / hour) * hour; at <= to; at += hour) prefixes.push(packHour(at));
	return prefixes;
}

/** A pack's id, which holds the time of its writing, and the server that wrote it. */
export function parsePackKey(
	key: string,
): { id: string; node: string; writtenAt: number } | undefined {
	const [, , , id, node] = PACK.exec(key) ?? [];
	if (id === undefined || node === undefined) return undefined;
	return { id, node, writtenAt: timeOfUuidV7(id) };
}

export const ALL_PACKS = "p/";

export function isPackKey(key: string): boolean {
	return PACK.test(key);
}

export const ALL_TOMBSTONES = "t/";

/** @param id UUIDv7 of the tombstone */
export function tombstoneKey(id: string, createdAt: number): string {
	return `${ALL_TOMBSTONES}${dayDigits(createdAt)}/${id}.json`;
}

export function isTombstoneKey(key: string): boolean {
	return TOMBSTONE.test(key);
}

export const ALL_CONTROL_SNAPSHOTS = "c/";

export function controlSnapshotKey(at: number, node: string): string {
	return `${ALL_CONTROL_SNAPSHOTS}${String(at).padStart(13, "0")}-${node}.json`;
}

/** @returns undefined for other keys */
export function parseControlSnapshotKey(key: string): { at: number; node: string } | undefined {
	const [, at, node] = CONTROL_SNAPSHOT.exec(key) ?? [];
	return at === undefined || node === undefined ? undefined : { at: Number(at), node };
}

export const ALL_BASELINES = "b/";

/** Key prefix of all that was frozen of a site; keys come in the order of time. */
export function siteBaselines(site: number): string {
	return `${ALL_BASELINES}${site}/`;
}

export interface BaselineName {
	site: number;
	/** When it was frozen. */
	at: number;
}

export function baselineKey({ site, at }: BaselineName): string {
	return `${siteBaselines(site)}${String(at).padStart(13, "0")}.json.gz`;
}

/** @returns undefined for other keys */
export function parseBaselineKey(key: string): BaselineName | undefined {
	const [, site, at] = BASELINE.exec(key) ?? [];
	return at === undefined ? undefined : { site: Number(site), at: Number(at) };
}

export interface RecordingName {
	site: number;
	session: SessionId;
	/** From 1. */
	generation: number;
	/** 16 hex digits over the chunk set. */
	hash: string;
}

export function recordingKey({ site, session, generation, hash }: RecordingName): string {
	return `${sessionRecordings(site, session)}g${generation}-${hash}.rec`;
}

/** Key prefix of all generations of a session's recording. */
export function sessionRecordings(site: number, session: SessionId): string {
	return `${ALL_RECORDINGS}${site}/${dayOf(session).slice(0, 6)}/${session}.`;
}

export const ALL_RECORDINGS = "r/";

export function parseRecordingKey(key: string): RecordingName | undefined {
	const [, site, month, session, generation, hash] = RECORDING.exec(key) ?? [];
	if (!isSessionId(session) || hash === undefined) return undefined;
	if (dayOf(session).slice(0, 6) !== month) return undefined;
	return { site: Number(site), session, generation: Number(generation), hash };
}

export const ALL_ASSETS = "a/";

/** @param hash SHA-256 of the bytes, hex */
export function assetKey(site: number, hash: string): string {
	return `${ALL_ASSETS}${site}/${hash}`;
}

export function parseAssetKey(key: string): { site: number; hash: string } | undefined {
	const [, site, hash] = ASSET.exec(key) ?? [];
	return hash === undefined ? undefined : { site: Number(site), hash };
}

export interface QuarantineName {
	site: number;
	session: SessionId;
	/** CRC-32 of the chunk. */
	crc: number;
}

/** Keys of the bytes that were put aside, and of the JSON that says why. */
export function quarantineKeys({ site, session, crc }: QuarantineName): {
	bytes: string;
	reason: string;
} {
	const hex = crc.toString(16).padStart(8, "0");
	const key = `${sessionQuarantine(site, session)}${hex}`;
	return { bytes: `${key}.bad`, reason: `${key}.json` };
}

/** Key prefix of what was put aside of a session. */
export function sessionQuarantine(site: number, session: SessionId): string {
	return `${ALL_QUARANTINE}${site}/${dayOf(session)}/${session}-`;
}

export const ALL_QUARANTINE = "q/";

export function parseQuarantineKey(
	key: string,
): (QuarantineName & { kind: "bytes" | "reason" }) | undefined {
	const [, site, day, session, crc, end] = QUARANTINE.exec(key) ?? [];
	if (!isSessionId(session) || crc === undefined || dayOf(session) !== day) return undefined;
	const kind = end === "bad" ? "bytes" : "reason";
	return { site: Number(site), session, crc: Number.parseInt(crc, 16), kind };
}

/** `yyyymmdd` of the day inside a session id. */
function dayOf(session: SessionId): string {
	return dayDigits(timeOfUuidV7(session));
}

export function isKey(key: string): boolean {
	return key.length <= 200 && KEY.test(key);
}

/** `20261122` of an instant in UTC. */
function dayDigits(at: number): string {
	return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}
