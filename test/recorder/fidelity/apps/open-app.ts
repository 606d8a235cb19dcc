// What an application of the corpus offers to its steps: `app.sort("name")`, and a person's hands.

/** Called by an application once it stands. */
export function openApp(offered: Record<string, (...args: never[]) => unknown>): void {
	Reflect.set(window, "app", { ...offered, press, type });
}

/** In open shadow trees as well: `x-card >>> button`. */
function find(path: string): HTMLElement {
	let root: ParentNode = document;
	let found: Element | null = null;
	for (const selector of path.split(" >>> ")) {
		found = root.querySelector(selector);
		if (found === null) throw new Error(`nothing is ${selector} of ${path}`);
		root = found.shadowRoot ?? found;
	}
	return found as HTMLElement;
}

function press(path: string): void {
	find(path).click();
}

/** The way of the browser, which frameworks that patch `value` take for the visitor's. */
function type(path: string, text: string): void {
	const field = find(path) as HTMLInputElement;
	const { prototype } = field.localName === "input" ? HTMLInputElement : HTMLTextAreaElement;
	Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, text);
	field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: text }));
}

/** The same place for every framework. */
export function createPlace(): HTMLElement {
	const place = document.createElement("main");
	place.id = "place";
	document.body.append(place);
	return place;
}

export interface Item {
	id: number;
	name: string;
	group: string;
	stock: number;
}

const NAMES = "lamp chair table shelf carpet mirror curtain basket pillow candle clock vase".split(
	" ",
);
const GROUPS = ["living", "sleeping", "cooking"];

export function createItems(count: number, first = 0): Item[] {
	return Array.from({ length: count }, (_, at) => {
		const id = first + at;
		const name = `${NAMES[(id * 5) % NAMES.length]} ${String.fromCharCode(97 + (id % 26))}`;
		return { id, name, group: GROUPS[(id * 7) % GROUPS.length] ?? "", stock: (id * 11) % 17 };
	});
}

/** Always the same order for a turn. */
export function shuffle<T>(items: readonly T[], turn: number): T[] {
	const rank = (at: number) => (at * 7919 + turn * 104_729) % 997;
	return items
		.map((item, at) => ({ item, rank: rank(at) }))
		.sort((left, right) => left.rank - right.rank)
		.map(({ item }) => item);
}
