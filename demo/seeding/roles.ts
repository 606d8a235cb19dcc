/**
 * Who meets a planted fault, who meets none, and what they do instead of what their kind else does. Half of all
 * visitors are controls: they do what hands do anyway and go round every fault, so that whatever is found with them
 * is a false alarm. Of the others a share is sent to one fault each; the rest meets what it meets.
 */
import { type FaultId, plantedFaults } from "../faults.ts";
import type { StepName } from "../visitor.ts";
import { type Draw, some, type VisitKind } from "./visit-kinds.ts";

export type Role = FaultId | "control" | "none";

export const CONTROL_SHARE = 0.5;
export const FAULT_SHARE = 0.3;

interface FaultVisit {
	kinds: readonly VisitKind[];
	/** Behind the last of the way there. */
	steps: readonly StepName[];
	/** Where it is met. */
	at: "product" | "cart" | "checkout" | "anywhere";
}

const ANYBODY = ["looker", "comparer", "buyer", "quitter", "phone"] as const;
const AT_DESKS = ["looker", "comparer", "buyer", "quitter"] as const;

const faultVisits: Record<FaultId, FaultVisit> = {
	"covered-buy-button": { kinds: ["phone"], at: "product", steps: ["tapTabBarInstead"] },
	"refused-postcode": { kinds: ["buyer", "quitter"], at: "checkout", steps: [] },
	"slow-coupon": { kinds: AT_DESKS, at: "cart", steps: ["awaitCoupon"] },
	"late-crate-note": { kinds: AT_DESKS, at: "anywhere", steps: ["missCheckout"] },
	"dead-button": { kinds: ANYBODY, at: "product", steps: ["pressDeadButton"] },
	"quiet-sold-out": { kinds: ANYBODY, at: "anywhere", steps: ["pressSoldOutSize"] },
	"broken-size-guide": { kinds: ANYBODY, at: "product", steps: ["pressSizeGuide"] },
	"empty-gift-wrapping": { kinds: ANYBODY, at: "product", steps: ["lookForGiftWrapping"] },
};

/** Each fault once before any comes again; those that few kinds can meet go first. */
export function createDealer(): (kind: VisitKind) => FaultId {
	let deck: FaultId[] = [];
	const isFor = (kind: VisitKind) => (fault: FaultId) => faultVisits[fault].kinds.includes(kind);
	return (kind) => {
		if (!deck.some(isFor(kind))) deck = [...deck, ...fullDeck()];
		const fault = deck.find(isFor(kind));
		if (fault === undefined) throw new Error(`no fault can be met by a ${kind}`);
		deck = deck.filter((_, at) => at !== deck.indexOf(fault));
		return fault;
	};
}

export function drawRole(roll: number, faultShare: number): "control" | "fault" | "none" {
	if (roll < CONTROL_SHARE) return "control";
	return roll < CONTROL_SHARE + faultShare ? "fault" : "none";
}

export function drawFaultSteps(fault: FaultId, kind: VisitKind, way: Way): StepName[] {
	if (fault === "refused-postcode") return drawRefused(kind, way);
	const { at, steps } = faultVisits[fault];
	const isDone = fault === "late-crate-note";
	if (at === "product") return [...toPiece(way), ...steps, ...drawRest(kind)];
	if (at === "cart") return [...toCart(way), ...steps, ...drawRest(kind, "cart")];
	return [...steps, ...drawRest(kind, isDone ? "checkout" : "piece")];
}

/** Of those who are refused without a word, buyers come upon the space. */
function drawRefused(kind: VisitKind, way: Way): StepName[] {
	const refused = ["openCheckout", "fillAddressWithoutSpace", "payByCard", "orderInVain"] as const;
	const end = kind === "buyer" ? (["correctPostcode", "placeOrder"] as const) : [];
	return [...toCart(way), ...refused, ...end];
}

export function drawControlSteps(kind: VisitKind, way: Way): StepName[] {
	const { draw } = way;
	const habits: StepName[] = [
		...some(draw, 0.5, "doublePress"),
		...some(draw, 0.5, "stepQuickly"),
		...some(draw, 0.5, "selectWords"),
	];
	const look: StepName[] = [...toPiece(way), ...some(draw, 0.4, "chooseGlaze"), ...habits];
	if (kind === "buyer") {
		const [address, ...rest] = PAYING;
		return [...look, "addToCart", "openCart", "openCheckout", address, "chooseDelivery", ...rest];
	}
	if (kind === "quitter") return [...look, "addToCart", "openCart", "openCheckout", "fillAddress"];
	if (kind !== "comparer") return ["readPage", ...look, "restAndRead"];
	return [...look, "returnToList", "openProduct", ...some(draw, 0.5, "readPage"), "restAndRead"];
}

export interface Way {
	draw: Draw;
	entry: string;
}

const PAYING = ["fillAddress", "payByCard", "placeOrder"] as const;

/** The first three of the list, which have nothing but what every page has. */
function toPiece({ entry }: Way): StepName[] {
	if (entry.startsWith("/product/")) return [];
	return entry === "/" ? ["openListing", "openProduct"] : ["openProduct"];
}

function toCart(way: Way): StepName[] {
	return [...toPiece(way), "addToCart", "openCart"];
}

/** A buyer buys whatever came in between. */
function drawRest(kind: VisitKind, from: "piece" | "cart" | "checkout" = "piece"): StepName[] {
	if (kind !== "buyer") return [];
	const ways = {
		piece: ["addToCart", "openCart", "openCheckout"],
		cart: ["openCheckout"],
	} as const;
	return [...(from === "checkout" ? [] : ways[from]), ...PAYING];
}

function fullDeck(): FaultId[] {
	const few = (fault: FaultId) => faultVisits[fault].kinds.length;
	return plantedFaults.map(({ id }) => id).sort((a, b) => few(a) - few(b));
}
