/**
 * The faults planted in this shop, and what a researcher should find with Snag. Everything else in
 * the shop is meant to be good; a fault that is not listed here is a bug.
 */
import type { SignalKind } from "../signals/signal.ts";

export interface PlantedFault {
	id: string;
	page: string;
	/** A CSS selector of the element that is to blame. */
	selector: string;
	/** The widths at which it shows, in CSS pixels. */
	widths: readonly [from: number, to: number];
	/** The kinds of signals that it shows as; who meets it shows at least one of them. */
	kinds: readonly SignalKind[];
	/** How the keys of the elements end that its signals are told of; nothing where they may be told of any. */
	felt: readonly string[];
	/** The page that its signals are told of, where that is another. */
	toldOf?: string;
	discover: string;
}

/** Looks and feels alive (hover, focus, press), but nobody ever gave it something to do. */
export const deadButton = {
	id: "dead-button",
	page: "/product/:slug",
	selector: '[data-testid="check-delivery"]',
	widths: [0, Infinity],
	kinds: ["dead", "rage"],
	felt: ["check-delivery"],
	discover:
		"“Check delivery date” answers no press: visitors press it again and again, then leave without buying.",
} as const satisfies PlantedFault;

/** The sticky buy bar and the tab bar, added later, both want the bottom edge; the tab bar wins. */
export const coveredBuyButton = {
	id: "covered-buy-button",
	page: "/product/:slug",
	selector: '[data-testid="add-to-cart"]',
	widths: [0, 767],
	kinds: ["quick_back", "mis_tap"],
	felt: [],
	toldOf: "/products",
	discover:
		"On phones “Add to cart” lies under the tab bar until the very end of the text: visitors who tap what shows of it are suddenly in the list and go back at once, scroll up and down in search of it, and far fewer of them buy than on wide screens.",
} as const satisfies PlantedFault;

/** The code is looked up in the book of the workshop, and nothing shows that anybody is looking. */
export const slowCoupon = {
	id: "slow-coupon",
	page: "/cart",
	selector: '[data-testid="apply-coupon"]',
	widths: [0, Infinity],
	kinds: ["slow", "rage"],
	felt: ["apply-coupon"],
	discover:
		"“Apply” takes three seconds without a sign: visitors press it again before the sum changes.",
} as const satisfies PlantedFault;

/** It is switched off, and only a screen reader is told so: it looks like the sizes that can be had. */
export const quietSoldOut = {
	id: "quiet-sold-out",
	page: "/product/:slug",
	selector: '[data-testid="size-l"][aria-disabled]',
	widths: [0, Infinity],
	kinds: ["dead_disabled", "rage"],
	felt: ["size-l"],
	discover:
		"The large spring tide bowl and the large sluice bottle are sold out and look as if they were not: visitors press the size again and again, and it is never chosen.",
} as const satisfies PlantedFault;

/** The form knows postcodes with their space only, and whoever wrote its messages forgot this one. */
export const refusedPostcode = {
	id: "refused-postcode",
	page: "/checkout",
	selector: "#postcode",
	widths: [0, Infinity],
	kinds: ["validation_loop", "slow", "dead", "rage", "form_abandon"],
	felt: ["postcode", "place-order", "checkout-form"],
	discover:
		"A postcode without its space (EX42TB) is refused and no word says so: visitors press “Place order” again and again, look through all fields, and some give up with everything filled in.",
} as const satisfies PlantedFault;

/** The table that it opened went with the last redesign; the link stayed. */
export const brokenSizeGuide = {
	id: "broken-size-guide",
	page: "/product/:slug",
	selector: '[data-testid="size-guide"]',
	widths: [0, Infinity],
	kinds: ["error", "dead", "rage"],
	felt: ["size-guide"],
	discover: "“Size guide” throws an error and shows nothing.",
} as const satisfies PlantedFault;

/** Comes a good second after the page and pushes down what is being aimed at. Only carts with a full moon jar have it. */
export const lateCrateNote = {
	id: "late-crate-note",
	page: "/cart",
	selector: "#crate-note",
	widths: [0, Infinity],
	kinds: ["shift"],
	felt: [],
	discover:
		"With a full moon jar in the cart a note comes late and pushes “Go to checkout” down, just as it is pressed: the press lands on the sums.",
} as const satisfies PlantedFault;

/** The link promises papers and ribbons to choose from. */
export const emptyGiftWrapping = {
	id: "empty-gift-wrapping",
	page: "/gift-wrapping",
	selector: "main",
	widths: [0, Infinity],
	kinds: ["quick_back"],
	felt: [],
	discover:
		"“Choose papers and ribbons” leads to a page with nothing to choose from: visitors turn back at once.",
} as const satisfies PlantedFault;

export const plantedFaults = [
	...[deadButton, coveredBuyButton, slowCoupon, quietSoldOut, refusedPostcode],
	...[brokenSizeGuide, lateCrateNote, emptyGiftWrapping],
] as const satisfies readonly PlantedFault[];

export type FaultId = (typeof plantedFaults)[number]["id"];
