import { expect, test } from "vitest";
import { plantedFaults } from "../../../demo/faults.ts";
import { type PlannedVisit, planVisits } from "../../../demo/seeding/plan-visits.ts";
import { VISIT_KINDS, visitKinds } from "../../../demo/seeding/visit-kinds.ts";
import { type StepName, steps } from "../../../demo/visitor.ts";

const SEEDS = [0, 1, 7, 2 ** 32 - 1];

test.each(SEEDS)(
	"seed %i plans the same visits every time, and a short run begins a long one",
	(seed) => {
		const many = planVisits({ visitors: 60, seed });
		expect(planVisits({ visitors: 60, seed })).toEqual(many);
		expect(planVisits({ visitors: 9, seed })).toEqual(many.slice(0, 9));
	},
);

test("another seed plans other visits", () => {
	const plans = SEEDS.map((seed) => JSON.stringify(planVisits({ visitors: 9, seed })));
	expect(new Set(plans).size).toBe(SEEDS.length);
});

test.each(SEEDS)("the first visitors of seed %i are one of each kind", (seed) => {
	const first = planVisits({ visitors: VISIT_KINDS.length, seed });
	expect(first.map(({ kind }) => kind).sort()).toEqual([...VISIT_KINDS].sort());
});

test.each(SEEDS)("of many visitors of seed %i each kind has its share", (seed) => {
	const plan = planVisits({ visitors: 4000, seed });
	for (const kind of VISIT_KINDS) {
		const share = (100 * plan.filter((visit) => visit.kind === kind).length) / plan.length;
		expect(Math.abs(share - visitKinds[kind].share), kind).toBeLessThan(3);
	}
});

test.each(SEEDS)("every visit of seed %i comes once and does what there is to do", (seed) => {
	for (const { steps: names, kind, device } of planVisits({ visitors: 500, seed })) {
		expect(names.indexOf("land")).toBe(0);
		expect(names.lastIndexOf("land")).toBe(0);
		for (const name of names) expect(steps).toHaveProperty(name);
		expect(device.name === "phone").toBe(kind === "phone");
		expect(device.hasTouch).toBe(device.name !== "desktop");
		expect(names.includes("placeOrder")).toBe(kind === "buyer");
	}
});

test("the planted faults are met, and every width that maps are drawn for is there", () => {
	const plan = planVisits({ visitors: 100, seed: 1 });
	const share = (is: (visit: PlannedVisit) => boolean) => plan.filter(is).length;
	for (const { id } of plantedFaults) {
		expect(
			share(({ role }) => role === id),
			id,
		).toBeGreaterThan(0);
	}
	expect(share(({ steps }) => steps.includes("pressDeadButton"))).toBeGreaterThan(3);
	expect(share(({ steps }) => steps.includes("fillAddress"))).toBeGreaterThan(10);
	const widths = new Set(plan.map(({ device }) => device.width));
	for (const width of [360, 390, 768, 1280, 1440, 1920]) expect(widths).toContain(width);
});

test.each(SEEDS)(
	"of seed %i half are controls, who go round every fault, and a share meets one",
	(seed) => {
		const met: StepName[] = [
			...([
				"pressDeadButton",
				"giveUpBuying",
				"tapTabBarInstead",
				"tryCoupon",
				"awaitCoupon",
			] as const),
			...(["pressSoldOutSize", "pressSizeGuide", "missCheckout", "lookForGiftWrapping"] as const),
			...(["fillAddressWithoutSpace", "orderInVain", "orderTooSoon"] as const),
		];
		for (const faultShare of [0, 0.1, 0.5]) {
			const plan = planVisits({ visitors: 2000, seed, faultShare });
			const controls = plan.filter(({ role }) => role === "control");
			const faulted = plan.filter(({ role }) => role !== "control" && role !== "none");
			expect(Math.abs(controls.length / plan.length - 0.5)).toBeLessThan(0.05);
			expect(Math.abs(faulted.length / plan.length - faultShare)).toBeLessThan(0.05);
			for (const { steps: names } of controls) {
				expect(names.filter((name) => met.includes(name))).toEqual([]);
			}
			for (const { role, steps: names } of faulted) {
				expect(
					names.some((name) => met.includes(name)),
					role,
				).toBe(true);
			}
		}
	},
);

test.each(SEEDS)(
	"with seed %i no fault comes a second time before all that the kind can meet",
	(seed) => {
		const plan = planVisits({ visitors: 400, seed, faultShare: 0.5 });
		for (const kind of ["looker", "phone"] as const) {
			const roles = plan.filter((one) => one.kind === kind).map(({ role }) => role);
			expect(new Set(roles).size).toBeGreaterThan(4);
		}
		const counts = plantedFaults.map(({ id }) => plan.filter(({ role }) => role === id).length);
		expect(Math.min(...counts)).toBeGreaterThan(5);
	},
);
