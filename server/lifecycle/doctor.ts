// `snag doctor`: store, index and control data held against each other, what was found and what to do. It
// only looks. What the store holds is listed once and kept as names, a hundred bytes an object.
import type { Config } from "../config.ts";
import type { ControlDatabase } from "../control/database.ts";
import type { IndexService } from "../index/index-service.ts";
import type { Store } from "../store/store.ts";
import { examineControl } from "./examine-control.ts";
import { examineIndex } from "./examine-index.ts";
import { examineMachine } from "./examine-machine.ts";
import { examineStore, listStored, type Stored } from "./examine-store.ts";
import type { Report } from "./progress.ts";
import type { Tombstones } from "./tombstones.ts";

export interface Finding {
	check: string;
	state: "ok" | "warning" | "problem" | "skipped";
	found: string;
	/** What to do, "" where there is nothing to be done. */
	todo: string;
}

export interface Examination {
	findings: Finding[];
	problems: number;
	warnings: number;
}

export interface DoctorParts {
	config: Config;
	control: ControlDatabase;
	store: Store;
	service: IndexService;
	tombstones: Tombstones;
	node: string;
	now: () => number;
}

export async function examineAll(parts: DoctorParts, report: Report): Promise<Examination> {
	const findings: Finding[] = [];
	let stored: Stored | undefined;
	const steps: readonly [string, () => Promise<Finding[]>][] = [
		["store", () => examineStore(parts)],
		[
			"objects",
			async () => {
				stored = await listStored(parts.store, report);
				return [];
			},
		],
		["index", () => examineIndex(parts, stored)],
		["control data", () => examineControl(parts, stored)],
		["machine", () => examineMachine(parts, stored)],
	];
	for (const [done, [step, examine]] of steps.entries()) {
		report({ step: `looking at the ${step}`, done, total: steps.length });
		findings.push(...(await examine().catch((error: unknown) => [failed(step, error)])));
	}
	const countOf = (state: Finding["state"]) =>
		findings.filter((finding) => finding.state === state).length;
	return { findings, problems: countOf("problem"), warnings: countOf("warning") };
}

function failed(check: string, error: unknown): Finding {
	const found = `could not be examined: ${error instanceof Error ? error.message : String(error)}`;
	return { check, state: "problem", found, todo: "mend what is named above and look again" };
}
