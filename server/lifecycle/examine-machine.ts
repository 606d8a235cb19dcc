// The clock, the disk and the configuration.
import { statfs } from "node:fs/promises";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { parseControlSnapshotKey, parsePackKey, parseRecordingKey } from "../store/layout.ts";
import type { DoctorParts, Finding } from "./doctor.ts";
import type { Stored } from "./examine-store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const CLOCK_MS = 60_000;
const LEAST_BYTES = 1024 ** 3;
const GOOD_SHARE = 0.1;
const LOCAL = /^(localhost|127\.|\[?::1)/;

export async function examineMachine(
	parts: DoctorParts,
	stored: Stored | undefined,
): Promise<Finding[]> {
	return [
		...(stored === undefined ? [] : [examineClock(parts, stored), examineAge(parts, stored)]),
		await examineDisk(parts),
		examineUrl(parts),
		...(stored === undefined ? [] : [examineUnknown(stored)]),
	];
}

function examineClock({ now }: DoctorParts, { packs, snapshots }: Stored): Finding {
	const written = [
		...[...packs].map((key) => parsePackKey(key)?.writtenAt ?? 0),
		...snapshots.map((key) => parseControlSnapshotKey(key)?.at ?? 0),
	];
	const newest = written.reduce((latest, at) => Math.max(latest, at), 0);
	const check = "clock";
	if (newest <= now() + CLOCK_MS) {
		return { check, state: "ok", found: new Date(now()).toISOString(), todo: "" };
	}
	const found = `objects were written ${Math.round((newest - now()) / 1000)} s in the future`;
	return { check, state: "problem", found, todo: "set the clock, and keep it by NTP" };
}

function examineAge({ config, now }: DoctorParts, { recordings }: Stored): Finding {
	// Whole days are swept, once an hour.
	const keptFrom = now() - config.retentionMs - 2 * DAY_MS;
	const old = [...recordings].filter((key) => {
		const name = parseRecordingKey(key);
		return name !== undefined && timeOfUuidV7(name.session) < keptFrom;
	});
	const days = Math.round(config.retentionMs / DAY_MS);
	const check = "retention";
	if (old.length === 0) {
		return { check, state: "ok", found: `nothing is older than ${days} days`, todo: "" };
	}
	const found = `${old.length} recordings are older than ${days} days`;
	return { check, state: "problem", found, todo: "run snag sweep" };
}

async function examineDisk({ config }: DoctorParts): Promise<Finding> {
	const { bavail, blocks, bsize } = await statfs(config.dataFolder);
	const free = bavail * bsize;
	const found = `${(free / 1024 ** 3).toFixed(1)} GiB are free at ${config.dataFolder}`;
	const check = "disk";
	if (free < LEAST_BYTES) {
		return { check, state: "problem", found, todo: "make room, or lower SNAG_RETENTION_DAYS" };
	}
	const isFilling = bavail < blocks * GOOD_SHARE;
	const todo = isFilling ? "make room before it is full" : "";
	return { check, state: isFilling ? "warning" : "ok", found, todo };
}

function examineUrl({ config }: DoctorParts): Finding {
	const check = "address";
	const isLocal = LOCAL.test(config.host);
	if (config.url === undefined) {
		const found = `reached at ${config.host}:${config.port}; SNAG_URL is not set`;
		if (isLocal) return { check, state: "ok", found, todo: "" };
		const todo = "set SNAG_URL to the https address that visitors reach";
		return { check, state: "warning", found, todo };
	}
	const { protocol, hostname } = new URL(config.url);
	if (protocol === "https:" || LOCAL.test(hostname)) {
		return { check, state: "ok", found: config.url, todo: "" };
	}
	const found = `${config.url}: recordings and tokens travel unencrypted`;
	return { check, state: "problem", found, todo: "put a proxy with https in front" };
}

function examineUnknown({ unknown }: Stored): Finding {
	const check = "other objects";
	if (unknown.length === 0) return { check, state: "ok", found: "there are none", todo: "" };
	const found = `${unknown.length} objects are not Snag's, the first ${unknown[0]}`;
	const todo = "use a bucket or prefix of its own for Snag; it leaves them alone";
	return { check, state: "warning", found, todo };
}
