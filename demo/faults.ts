/**
 * The faults planted in this shop, and what a researcher should find with Snag. Everything else in
 * the shop is meant to be good; a fault that is not listed here is a bug.
 */
export interface PlantedFault {
	id: string;
	page: string;
	/** A CSS selector of the element that is to blame. */
	selector: string;
	/** The widths at which it shows, in CSS pixels. */
	widths: readonly [from: number, to: number];
	discover: string;
}

/** Looks and feels alive (hover, focus, press), but nobody ever gave it something to do. */
export const deadButton = {
	id: "dead-button",
	page: "/product/:slug",
	selector: '[data-testid="check-delivery"]',
	widths: [0, Infinity],
	discover:
		"“Check delivery date” answers no press: visitors press it again and again, then leave without buying.",
} as const satisfies PlantedFault;

/** The sticky buy bar and the tab bar, added later, both want the bottom edge; the tab bar wins. */
export const coveredBuyButton = {
	id: "covered-buy-button",
	page: "/product/:slug",
	selector: '[data-testid="add-to-cart"]',
	widths: [0, 767],
	discover:
		"On phones “Add to cart” lies under the tab bar until the very end of the text: visitors scroll up and down in search of it, and far fewer of them buy than on wide screens.",
} as const satisfies PlantedFault;

export const plantedFaults: readonly PlantedFault[] = [deadButton, coveredBuyButton];
