// Control data: is it copied to the store, are tombstones in both places, is anything erased still there?
import { countSessionRows } from "../index/delete-rows.ts";
import {
	parseControlSnapshotKey,
	parseQuarantineKey,
	parseRecordingKey,
	tombstoneKey,
} from "../store/layout.ts";
import type { DoctorParts, Finding } from "./doctor.ts";
import type { Stored } from "./examine-store.ts";
import type { Receipt } from "./receipt.ts";
import type { TombstoneRow } from "./tombstones.ts";

const LATE_MS = 60 * 60 * 1000;

export async function examineControl(
	parts: DoctorParts,
	stored: Stored | undefined,
): Promise<Finding[]> {
	if (stored === undefined) return [];
	const rows = await parts.tombstones.list();
	return [
		examineSnapshots(parts, stored),
		examineTombstones(rows, stored),
		await examineErased(parts, rows, stored),
	];
}

function examineSnapshots({ node, now }: DoctorParts, { snapshots }: Stored): Finding {
	const check = "control snapshot";
	const newest = parseControlSnapshotKey(snapshots.at(-1) ?? "");
	if (newest === undefined) {
		const found = "there is none: a lost disk would lose every site";
		const todo = "look for `control data cannot be copied` in the server's log";
		return { check, state: "problem", found, todo };
	}
	const at = new Date(newest.at).toISOString();
	if (newest.node !== node) {
		const found = `the newest, of ${at}, is of another server (${newest.node})`;
		const todo = "give each server a prefix of its own in SNAG_STORAGE";
		return { check, state: "warning", found, todo };
	}
	const hours = Math.round((now() - newest.at) / LATE_MS);
	const found = `the last change is kept, of ${at} (${hours} hours ago)`;
	return { check, state: "ok", found, todo: "" };
}

function examineTombstones(rows: readonly TombstoneRow[], { tombstones }: Stored): Finding {
	const keys = new Set(rows.map(({ id, createdAt }) => tombstoneKey(id, createdAt)));
	const unstored = [...keys].filter((key) => !tombstones.has(key)).length;
	const unknown = [...tombstones].filter((key) => !keys.has(key)).length;
	const check = "tombstones";
	if (unstored + unknown === 0) {
		const found = `${keys.size}, each in the store and in the control data`;
		return { check, state: "ok", found, todo: "" };
	}
	return {
		check,
		state: "problem",
		found: `${unstored} are not in the store, ${unknown} not in the control data`,
		todo:
			unstored > 0
				? "restore t/ from a backup, or erase the same again"
				: "start the server again: it takes them over",
	};
}

async function examineErased(
	{ service, tombstones, now }: DoctorParts,
	rows: readonly TombstoneRow[],
	stored: Stored,
): Promise<Finding> {
	const check = "erased data";
	const late = rows.filter(
		({ isCarriedOut, createdAt }) => !isCarriedOut && createdAt < now() - LATE_MS,
	);
	const objects = [...stored.recordings, ...stored.quarantine].filter((key) => {
		const name = parseRecordingKey(key) ?? parseQuarantineKey(key);
		return name !== undefined && tombstones.isErased(name.site, name.session);
	});
	let left = 0;
	for (const { receipt, isCarriedOut } of rows) {
		if (receipt === null || !isCarriedOut) continue;
		const { site, sessions } = JSON.parse(receipt) as Receipt;
		const counts = await countSessionRows(service.index, { site, sessions });
		left += Object.values(counts).reduce((sum, rows) => sum + rows, 0);
	}
	if (late.length + objects.length + left === 0) {
		const found = `nothing is left of ${rows.length} erasures`;
		return { check, state: "ok", found, todo: "" };
	}
	return {
		check,
		state: "problem",
		found: `${late.length} erasures wait for more than an hour; ${objects.length} objects and ${left} rows are left of the erased`,
		todo: "run snag sweep",
	};
}
