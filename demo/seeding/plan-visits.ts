/**
 * Who comes, on what, and what each does, from a seed alone: the same seed plans the same visits, and a longer
 * run begins with the visits of a shorter one.
 */
import { createRandom } from "../random.ts";
import type { StepName } from "../visitor.ts";
import type { Device } from "./devices.ts";
import {
	createDealer,
	drawControlSteps,
	drawFaultSteps,
	drawRole,
	FAULT_SHARE,
	type Role,
} from "./roles.ts";
import { type Draw, VISIT_KINDS, type VisitKind, visitKinds } from "./visit-kinds.ts";

export interface PlannedVisit {
	/** From 0. */
	number: number;
	kind: VisitKind;
	device: Device;
	language: string;
	/** Path where the visit begins. */
	entry: string;
	/** Where the link stood, "" for none. */
	referrer: string;
	steps: readonly StepName[];
	/** The planted fault that is met, or why none is looked for. */
	role: Role;
	/** Of everything that is decided on the way. */
	seed: number;
}

const LANGUAGES = ["en-GB", "en-GB", "en-GB", "en-US", "en-US", "de-DE", "fr-FR", "nl-NL"];
const REFERRERS = [
	"",
	"",
	"http://search.example/",
	"http://search.example/",
	"http://pots.example/",
];

export interface Plan {
	visitors: number;
	seed: number;
	/** Of all visitors, at most those who are no controls. */
	faultShare?: number;
}

export function planVisits({ visitors, seed, faultShare = FAULT_SHARE }: Plan): PlannedVisit[] {
	const random = createRandom(seed);
	const draw = createDraw(random);
	const first = shuffle(VISIT_KINDS, draw);
	const deal = createDealer();
	return Array.from({ length: visitors }, (_, number) => {
		// One of each to begin with, so that a small run has every kind.
		const kind = first[number] ?? drawKind(random);
		const own = createRandom(Math.floor(random() * 2 ** 32));
		const drawn = drawRole(own(), faultShare);
		return planVisit({ kind, number, role: drawn === "fault" ? deal(kind) : drawn }, own);
	});
}

function planVisit(
	who: Pick<PlannedVisit, "kind" | "number" | "role">,
	random: () => number,
): PlannedVisit {
	const { kind, role } = who;
	const draw = createDraw(random);
	const { devices, entries, drawSteps } = visitKinds[kind];
	const entry = pick(entries, draw);
	const stepsOf = (): readonly StepName[] => {
		if (role === "none") return drawSteps(draw, entry);
		if (role === "control") return drawControlSteps(kind, { draw, entry });
		return drawFaultSteps(role, kind, { draw, entry });
	};
	return {
		...{ ...who, entry },
		device: pick(devices, draw),
		language: pick(LANGUAGES, draw),
		referrer: pick(REFERRERS, draw),
		steps: ["land", ...stepsOf()],
		seed: draw.below(2 ** 32),
	};
}

function drawKind(random: () => number): VisitKind {
	const total = VISIT_KINDS.reduce((sum, kind) => sum + visitKinds[kind].share, 0);
	let left = random() * total;
	for (const kind of VISIT_KINDS) {
		left -= visitKinds[kind].share;
		if (left < 0) return kind;
	}
	return "looker";
}

function createDraw(random: () => number): Draw {
	return { maybe: (share) => random() < share, below: (end) => Math.floor(random() * end) };
}

function pick<T>(choices: readonly T[], draw: Draw): T {
	const choice = choices[draw.below(choices.length)];
	if (choice === undefined) throw new Error("nothing to choose from");
	return choice;
}

/** Fisher and Yates. */
function shuffle<T>(all: readonly T[], draw: Draw): T[] {
	const mixed: T[] = [];
	for (const one of all) {
		const at = draw.below(mixed.length + 1);
		mixed.splice(at, 0, one);
	}
	return mixed;
}
