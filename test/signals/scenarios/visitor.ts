// The hands of a visitor in a fixture page: mouse, finger and keyboard by the browser's own input, and a note of when.
// What a visitor does takes time, and time is what is judged here: `rest` is the one wait that waits for nothing.
import { setTimeout as delay } from "node:timers/promises";
import type { CDPSession, ElementHandle, Page } from "puppeteer-core";
import { recordingBegan } from "../../recorder/recording-began.ts";

export type Hand = "mouse" | "touch" | "key";

export interface PressOptions {
	times?: number;
	/** From one down to the next. */
	gapMs?: number;
	by?: Hand;
	/** Rests so long on it before. */
	hoverMs?: number;
	/** Of the box, from its upper left. */
	at?: readonly [x: number, y: number];
	/** Held meanwhile. */
	holding?: "Control";
	key?: "Enter" | "Space";
}

export interface Visitor {
	page: Page;
	/** Milliseconds of the clock by name: the first time counts. */
	marks: Readonly<Record<string, number>>;
	mark(name: string): void;
	rest(ms: number): Promise<void>;
	/** By test id, also in shadow trees, or in a frame as `frame>id`. */
	press(id: string, options?: PressOptions): Promise<void>;
	/** Presses a link and waits until the page behind it is recorded. */
	follow(id: string): Promise<void>;
	/** Down on it, to another place, and up. */
	drag(id: string, by: readonly [dx: number, dy: number]): Promise<void>;
	moveTo(x: number, y: number, steps?: number): Promise<void>;
	hover(id: string): Promise<void>;
	swipe(id: string, by: readonly [dx: number, dy: number]): Promise<void>;
	pinch(scale: number): Promise<void>;
	/** Puts the caret there and types at a pace; `<` takes a letter back. */
	type(id: string, text: string, paceMs?: number): Promise<void>;
	keys(...names: string[]): Promise<void>;
	/** As a wheel does, in several turns. */
	wheel(dy: number): Promise<void>;
	/** Page of the scenario by its path. */
	open(path: string): Promise<void>;
	back(): Promise<void>;
	reload(): Promise<void>;
	/** Looks at another tab meanwhile. */
	away(ms: number): Promise<void>;
}

interface VisitorOptions {
	page: Page;
	hand: Hand;
	urlOf: (path: string) => string;
}

const GAP_MS = 250;
const HELD_MS = 40;
const DOUBLE_MS = 500;
const TYPE_MS = 60;
const DRAG_STEPS = 6;
const WHEEL_PX = 100;
const PINCH_PX = 110;

export async function createVisitor({ page, hand, urlOf }: VisitorOptions): Promise<Visitor> {
	const marks: Record<string, number> = {};
	const session = await page.createCDPSession();
	const mark = (name: string): void => {
		marks[name] ??= Date.now();
	};
	const boxOf = (id: string) => findBox(page, id);
	const press = async (id: string, options: PressOptions = {}): Promise<void> => {
		const { times = 1, gapMs = GAP_MS, by = hand, hoverMs = 0, holding, key = "Enter" } = options;
		const { x, y, width, height } = await boxOf(id);
		const [left, top] = options.at ?? [width / 2, height / 2];
		if (by === "mouse") await page.mouse.move(x + left, y + top, { steps: 3 });
		if (by === "key") await (await findElement(page, id)).focus();
		await delay(hoverMs);
		if (holding) await page.keyboard.down(holding);
		const beganAt = performance.now();
		for (let one = 0; one < times; one++) {
			await delay(Math.max(0, one * gapMs - (performance.now() - beganAt)));
			mark(id);
			if (by === "key") await page.keyboard.press(key);
			else if (by === "touch") await page.touchscreen.tap(x + left, y + top);
			else {
				// Browsers count the presses of one place: two mark a word, three a paragraph.
				const clickCount = gapMs < DOUBLE_MS ? one + 1 : 1;
				await page.mouse.down({ clickCount });
				await delay(HELD_MS);
				await page.mouse.up({ clickCount });
			}
		}
		if (holding) await page.keyboard.up(holding);
	};
	return {
		...{ page, marks, mark, press },
		rest: (ms) => delay(ms),
		async follow(id) {
			const arrived = page.waitForNavigation();
			await press(id);
			await arrived;
			await recordingBegan(page);
		},
		async drag(id, [dx, dy]) {
			const [x, y] = middleOf(await boxOf(id));
			await page.mouse.move(x, y, { steps: 3 });
			mark(id);
			await page.mouse.down();
			await page.mouse.move(x + dx, y + dy, { steps: DRAG_STEPS });
			await page.mouse.up();
		},
		moveTo: (x, y, steps = 1) => page.mouse.move(x, y, { steps }),
		async hover(id) {
			await page.mouse.move(...middleOf(await boxOf(id)), { steps: 3 });
		},
		async swipe(id, [dx, dy]) {
			const [x, y] = middleOf(await boxOf(id));
			mark(id);
			const touch = await page.touchscreen.touchStart(x, y);
			for (let step = 1; step <= DRAG_STEPS; step++) {
				await touch.move(x + (dx * step) / DRAG_STEPS, y + (dy * step) / DRAG_STEPS);
				await delay(20);
			}
			await touch.end();
		},
		async pinch(scale) {
			mark("pinch");
			await pinch(session, page, scale);
		},
		async type(id, text, paceMs = TYPE_MS) {
			await press(id);
			for (const letter of text) {
				await delay(paceMs);
				await page.keyboard.press(letter === "<" ? "Backspace" : (letter as "a"));
			}
		},
		async keys(...names) {
			for (const name of names) await page.keyboard.press(name as "Tab");
		},
		async wheel(dy) {
			for (let left = Math.abs(dy); left > 0; left -= WHEEL_PX) {
				await page.mouse.wheel({ deltaY: Math.sign(dy) * Math.min(left, WHEEL_PX) });
				await delay(30);
			}
		},
		async open(path) {
			await page.goto(urlOf(path));
			await recordingBegan(page);
		},
		async back() {
			mark("back");
			await page.goBack();
			await recordingBegan(page);
		},
		async reload() {
			mark("reload");
			await page.reload();
			await recordingBegan(page);
		},
		async away(ms) {
			mark("away");
			const other = await page.browserContext().newPage();
			await other.bringToFront();
			await delay(ms);
			await other.close();
			await page.bringToFront();
		},
	};
}

async function findElement(page: Page, id: string): Promise<ElementHandle> {
	const [frame, inner] = id.split(">");
	if (inner === undefined)
		return (await page.waitForSelector(`>>> [data-testid="${id}"]`)) as ElementHandle;
	const holder = await page.waitForSelector(`[data-testid="${frame}"]`);
	const content = await holder?.contentFrame();
	return (await content?.waitForSelector(`[data-testid="${inner}"]`)) as ElementHandle;
}

async function findBox(page: Page, id: string) {
	const element = await findElement(page, id);
	await element.scrollIntoView();
	const box = await element.boundingBox();
	if (box === null) throw new Error(`${id} has no place on ${page.url()}`);
	return box;
}

function middleOf(box: { x: number; y: number; width: number; height: number }): [number, number] {
	return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Two fingers, the one above the other. */
async function pinch(session: CDPSession, page: Page, scale: number): Promise<void> {
	const { width = 390, height = 800 } = page.viewport() ?? {};
	const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart?: number) => {
		const fingers = apart === undefined ? [] : [-apart, apart];
		const touchPoints = fingers.map((dy, id) => ({ id, x: width / 2, y: height / 2 + dy }));
		return session.send("Input.dispatchTouchEvent", { type, touchPoints });
	};
	await touch("touchStart", PINCH_PX);
	for (let step = 1; step <= 2 * DRAG_STEPS; step++) {
		await touch("touchMove", PINCH_PX * (1 + ((scale - 1) * step) / (2 * DRAG_STEPS)));
		await delay(16);
	}
	await touch("touchEnd");
}
