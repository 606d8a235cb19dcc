// Every object key is built and parsed here.
//
//   p/{yyyymmdd}/{hh}/{2 hex}/{uuidv7}-{node}.pk      packs, by the hour they were written (UTC)
//   t/{yyyymmdd}/{uuidv7}.json                        tombstones: what was erased and must not come back
//   c/{epoch ms, 13 digits}-{node}.json               control snapshots

const PACK = /^p\/(\d{8})\/(\d{2})\/[0-9a-f]{2}\/([0-9a-f-]{36})-([0-9a-z]+)\.pk$/;
const TOMBSTONE = /^t\/(\d{8})\/([0-9a-f-]{36})\.json$/;
const CONTROL_SNAPSHOT = /^c\/(\d{13})-([0-9a-z]+)\.json$/;
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

/** A pack's id and node, from which `packKey` makes its key again: an id holds the time of writing. */
export function parsePackKey(key: string): { id: string; node: string } | undefined {
	const [, , , id, node] = PACK.exec(key) ?? [];
	return id === undefined || node === undefined ? undefined : { id, node };
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

export function isKey(key: string): boolean {
	return key.length <= 200 && KEY.test(key);
}

/** `20261122` of an instant in UTC. */
function dayDigits(at: number): string {
	return new Date(at).toISOString().slice(0, 10).replaceAll("-", "");
}
