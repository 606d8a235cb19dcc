/**
 * Drives one simulated visitor through the shop, with a mouse or (where the page has touch) a finger.
 * The browser comes from the caller, so that nothing of puppeteer is needed to run the shop.
 */
import type { Page } from "puppeteer-core";
import * as browsing from "./visitor/browsing.ts";
import * as buying from "./visitor/buying.ts";
import * as habits from "./visitor/habits.ts";
import { createPerson, type Person } from "./visitor/person.ts";
import * as reading from "./visitor/reading.ts";
import * as troubles from "./visitor/troubles.ts";

/** Without a person, one who never waits and always chooses the same. */
export type Step = (page: Page, person?: Person) => Promise<void>;

/** The steps of a visit that buys, by name and in order. Each starts on the page where the one before ended. */
const purchase = {
	land: step(browsing.land),
	lookAround: step(browsing.lookAround),
	openListing: step(browsing.openListing),
	filterList: step(browsing.filterList),
	takeQuickLook: step(browsing.takeQuickLook),
	openProduct: step(browsing.openProduct),
	viewPictures: step(browsing.viewPictures),
	chooseGlaze: step(browsing.chooseGlaze),
	chooseSize: step(browsing.chooseSize),
	pressDeadButton: step(browsing.pressDeadButton),
	addToCart: step(buying.addToCart),
	openCart: step(buying.openCart),
	changeQuantity: step(buying.changeQuantity),
	tryCoupon: step(buying.tryCoupon),
	openCheckout: step(buying.openCheckout),
	fillAddress: step(buying.fillAddress),
	chooseDelivery: step(buying.chooseDelivery),
	writeNote: step(buying.writeNote),
	payByCard: step(buying.payByCard),
	placeOrder: step(buying.placeOrder),
	leave: step(buying.leave),
};

/** Every step by name. */
export const steps = {
	...purchase,
	readPage: step(reading.readPage),
	openMenu: step(reading.openMenu),
	openAnyProduct: step(reading.openAnyProduct),
	returnToList: step(reading.returnToList),
	pressPicture: step(reading.pressPicture),
	openFold: step(reading.openFold),
	giveUpBuying: step(reading.giveUpBuying),
	orderTooSoon: step(reading.orderTooSoon),
	awaitCoupon: step(troubles.awaitCoupon),
	pressSoldOutSize: step(troubles.pressSoldOutSize),
	pressSizeGuide: step(troubles.pressSizeGuide),
	lookForGiftWrapping: step(troubles.lookForGiftWrapping),
	fillAddressWithoutSpace: step(troubles.fillAddressWithoutSpace),
	orderInVain: step(troubles.orderInVain),
	correctPostcode: step(troubles.correctPostcode),
	missCheckout: step(troubles.missCheckout),
	tapTabBarInstead: step(troubles.tapTabBarInstead),
	doublePress: step(habits.doublePress),
	stepQuickly: step(habits.stepQuickly),
	selectWords: step(habits.selectWords),
	restAndRead: step(habits.restAndRead),
};

export type StepName = keyof typeof steps;

export interface VisitOptions {
	page: Page;
	shopUrl: string;
	/** The same seed visits in the same way. */
	seed?: number;
	/** 1 is an unhurried person (about a minute), 0 does not wait at all. */
	pace?: number;
	/** `leave` goes away from the half-filled checkout. */
	ending?: "buy" | "leave";
}

/** Answers the names of the steps in the order they were taken. */
export async function visitShop(options: VisitOptions): Promise<StepName[]> {
	const { page, shopUrl, seed = 1, pace = 1, ending = "buy" } = options;
	const person = createPerson({ shopUrl, seed, pace });
	const plan = (Object.keys(purchase) as StepName[]).filter((name) =>
		ending === "buy" ? name !== "leave" : !skippedByLeaver.includes(name),
	);
	await takeSteps(page, person, plan);
	return plan;
}

/** Step by step; after one that was being taken when the signal came there is no other. */
export async function takeSteps(
	page: Page,
	person: Person,
	names: readonly StepName[],
	signal?: AbortSignal,
): Promise<void> {
	for (const name of names) {
		if (signal?.aborted === true) return;
		await steps[name](page, person);
	}
}

const skippedByLeaver: readonly StepName[] = [
	"tryCoupon",
	"chooseDelivery",
	"writeNote",
	"payByCard",
	"placeOrder",
];

function step(take: (page: Page, person: Person) => Promise<void>): Step {
	return (page, person = createPerson({ pace: 0 })) => take(page, person);
}
