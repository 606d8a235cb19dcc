/**
 * The kinds of visitors and what each does, drawn step by step: most only look, few buy, and phones get
 * stuck at the button that is covered there.
 */
import type { StepName } from "../visitor.ts";
import { type Device, desks, phones } from "./devices.ts";

export const VISIT_KINDS = ["looker", "comparer", "buyer", "quitter", "phone"] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

export interface KindOfVisit {
	/** Of a hundred visitors. */
	share: number;
	/** Completes "37 …" where visits are counted. */
	words: string;
	devices: readonly Device[];
	entries: readonly string[];
	drawSteps(draw: Draw, entry: string): StepName[];
}

export interface Draw {
	/** True so often, from 0 to 1. */
	maybe(share: number): boolean;
	below(end: number): number;
}

export const visitKinds: Record<VisitKind, KindOfVisit> = {
	looker: {
		share: 38,
		words: "looked around and left",
		devices: desks,
		entries: ["/", "/", "/", "/products", "/product/fleet-mug", "/product/full-moon-jar"],
		drawSteps: drawLooking,
	},
	comparer: {
		share: 16,
		words: "went back and forth between products",
		devices: desks,
		entries: ["/", "/products", "/products"],
		drawSteps: drawComparing,
	},
	buyer: {
		share: 12,
		words: "bought",
		devices: desks,
		entries: ["/", "/", "/products"],
		drawSteps: (draw, entry) => [
			...drawChoosing(draw, entry),
			...some(draw, 0.3, "changeQuantity"),
			...some(draw, 0.3, "tryCoupon"),
			...(["openCheckout", "fillAddress", "chooseDelivery"] as const),
			...some(draw, 0.2, "writeNote"),
			...(["payByCard", "placeOrder"] as const),
		],
	},
	quitter: {
		share: 10,
		words: "gave up in the form",
		devices: desks,
		entries: ["/", "/products"],
		drawSteps: (draw, entry) => [
			...drawChoosing(draw, entry),
			...(["openCheckout", "fillAddress"] as const),
			...some(draw, 0.6, "orderTooSoon"),
		],
	},
	phone: {
		share: 24,
		words: "came on a phone",
		devices: phones,
		entries: ["/", "/", "/products", "/product/fleet-mug", "/product/ebb-bowl"],
		drawSteps: drawPhone,
	},
};

function drawLooking(draw: Draw, entry: string): StepName[] {
	const steps: StepName[] = ["readPage"];
	if (!entry.startsWith("/product/")) {
		if (draw.maybe(0.3)) return steps;
		steps.push(...toList(draw, entry), ...some(draw, 0.6, "readPage"));
		steps.push(...some(draw, 0.3, "filterList"), ...some(draw, 0.3, "takeQuickLook"));
		if (draw.maybe(0.35)) return steps;
		steps.push("openAnyProduct", "readPage");
	}
	return [...steps, ...drawDoubts(draw), ...some(draw, 0.35, "pressDeadButton")];
}

function drawComparing(draw: Draw, entry: string): StepName[] {
	const steps = [...toList(draw, entry), ...some(draw, 0.4, "filterList")];
	for (let piece = 1 + draw.below(3); piece >= 0; piece--) {
		steps.push("openAnyProduct", ...drawDoubts(draw));
		if (piece > 0) steps.push("returnToList");
	}
	return [...steps, ...some(draw, 0.4, "pressDeadButton"), ...some(draw, 0.25, "addToCart")];
}

/** What the way to a cart has in common. */
function drawChoosing(draw: Draw, entry: string): StepName[] {
	return [
		...toList(draw, entry),
		...some(draw, 0.3, "filterList"),
		"openAnyProduct",
		...some(draw, 0.5, "readPage"),
		...some(draw, 0.5, "chooseGlaze"),
		...some(draw, 0.4, "chooseSize"),
		...some(draw, 0.15, "pressDeadButton"),
		...(["addToCart", "openCart"] as const),
	];
}

function drawPhone(draw: Draw, entry: string): StepName[] {
	const steps: StepName[] = ["readPage"];
	if (!entry.startsWith("/product/")) {
		if (draw.maybe(0.35)) return steps;
		steps.push(...(entry === "/" ? (["openListing"] as const) : []), "openAnyProduct");
	}
	steps.push(...drawDoubts(draw));
	if (draw.maybe(0.25)) return [...steps, "pressDeadButton"];
	if (draw.maybe(0.6)) return [...steps, "giveUpBuying"];
	return draw.maybe(0.5) ? [...steps, "addToCart", "openCart"] : steps;
}

/** What people do at a piece they are not sure about. */
function drawDoubts(draw: Draw): StepName[] {
	return [
		...some(draw, 0.25, "viewPictures"),
		...some(draw, 0.25, "pressPicture"),
		...some(draw, 0.3, "chooseGlaze"),
		...some(draw, 0.25, "openFold"),
	];
}

function toList(draw: Draw, entry: string): StepName[] {
	if (entry !== "/") return [];
	return [draw.maybe(0.35) ? "openMenu" : "openListing"];
}

export function some(draw: Draw, share: number, step: StepName): StepName[] {
	return draw.maybe(share) ? [step] : [];
}
