// Is the store there, does it forget what is deleted, and what is in it?
import {
	isPackKey,
	isTombstoneKey,
	parseAssetKey,
	parseBaselineKey,
	parseControlSnapshotKey,
	parseQuarantineKey,
	parseRecordingKey,
} from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import type { DoctorParts, Finding } from "./doctor.ts";
import type { Report } from "./progress.ts";

/** Keys of what is stored, by kind. */
export interface Stored {
	packs: Set<string>;
	recordings: Set<string>;
	quarantine: string[];
	tombstones: Set<string>;
	/** Oldest first. */
	snapshots: string[];
	/** What no version of ours names so. */
	unknown: string[];
	bytes: number;
}

export async function listStored(store: Store, report: Report): Promise<Stored> {
	const stored: Stored = {
		...{ packs: new Set(), recordings: new Set(), tombstones: new Set() },
		...{ quarantine: [], snapshots: [], unknown: [], bytes: 0 },
	};
	let done = 0;
	for await (const { key, bytes } of store.list("")) {
		if (++done % 1000 === 0) report({ step: "listing objects", done, total: 0 });
		stored.bytes += bytes;
		if (isPackKey(key)) stored.packs.add(key);
		else if (parseRecordingKey(key) !== undefined) stored.recordings.add(key);
		else if (parseQuarantineKey(key) !== undefined) stored.quarantine.push(key);
		else if (isTombstoneKey(key)) stored.tombstones.add(key);
		else if (parseControlSnapshotKey(key) !== undefined) stored.snapshots.push(key);
		else if (parseAssetKey(key) !== undefined || parseBaselineKey(key) !== undefined) continue;
		else stored.unknown.push(key);
	}
	return stored;
}

export async function examineStore({ store }: DoctorParts): Promise<Finding[]> {
	const startedAt = performance.now();
	try {
		await store.probe();
	} catch (error) {
		const found = `${store.name}: ${error instanceof Error ? error.message : String(error)}`;
		const todo = "recording waits until objects can be written, read, listed and deleted there";
		return [{ check: "store", state: "problem", found, todo }];
	}
	const ms = Math.round(performance.now() - startedAt);
	const found = `${store.name} writes, reads, lists and deletes (${ms} ms)`;
	const finding: Finding = { check: "store", state: "ok", found, todo: "" };
	return [finding, await examineVersions(store)];
}

async function examineVersions(store: Store): Promise<Finding> {
	const check = "deleted objects";
	if (!(await store.keepsDeleted())) {
		return { check, state: "ok", found: "what is deleted is gone", todo: "" };
	}
	return {
		check,
		state: "problem",
		found: "the bucket keeps versions, so what is erased stays in it",
		todo: "suspend versioning and let a rule of the bucket end old versions within 48 hours",
	};
}
