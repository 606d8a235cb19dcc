// Every object key is built and parsed here.
//
//   p/{yyyymmdd}/{hh}/{2 hex}/{uuidv7}-{node}.pk      packs, by the hour they were written (UTC)

const PACK = /^p\/(\d{8})\/(\d{2})\/[0-9a-f]{2}\/([0-9a-f-]{36})-([0-9a-z]+)\.pk$/;
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

export function isKey(key: string): boolean {
	return key.length <= 200 && KEY.test(key);
}
