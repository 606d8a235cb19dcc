// Random sessions of valid events, as a recorder could send them, of every kind that is replayed; and the
// same with faults: nodes that are missing, named twice, out of order or under themselves.
import {
	createPage,
	each,
	encodeAlone,
	encodeTree,
	everything,
	type Fields,
	type GeneratedPage,
	type Made,
	make,
	makeDocument,
	makeOption,
	makePiece,
	makeText,
	setOwner,
} from "./generated-page.ts";
import { createRandom } from "./random.ts";

export interface SessionOptions {
	seed: number;
	events: number;
	/** Whether there are faults in it. */
	isFaulty?: boolean;
	/**
	 * Whether elements with shadow trees and frames move. The replayer keeps their old insides in mind and
	 * takes them up again, so that what comes after a move hangs on what was before a keyframe.
	 */
	isMovingHosts?: boolean;
	/** Dialogs take the focus when they open, which scrolls to where the layout of that moment has them. */
	hasDialogs?: boolean;
}

interface Session extends GeneratedPage {
	now: number;
	sheets: { id: number; owner: Made; rules: number }[];
	adopted: Map<number, number[]>;
	nextSheet: number;
	/** How many rules events have left in a sheet, as far as that is known. */
	rules: Map<number, number>;
	/** Ids that once were. */
	gone: number[];
	isFaulty: boolean;
	isMovingHosts: boolean;
}

const START = 1_700_000_000_000;
const RULES = [
	".r { color: green; }",
	".q:hover { left: 4px; }",
	"@media (min-width: 2px) { .n { top: 5px; } }",
	"not a rule at all",
	"::-unknown-thing { top: 0; }",
];
const PROPERTIES: [string, string[]][] = [
	["left", ["1px", "22px", "-3px", "50%"]],
	["margin", ["1px", "4px 5px"]],
	["margin-left", ["7px", "8px"]],
	["color", ["red", "blue", "nonsense"]],
	["--own", ["1", "a b"]],
	["width", ["10px", "0", "-5px"]],
];

export function generateSession(options: SessionOptions): Fields[] {
	const { seed, events, isFaulty = false, isMovingHosts = true, hasDialogs = true } = options;
	const random = createRandom(seed);
	const session: Session = {
		...createPage(random, hasDialogs),
		now: START,
		sheets: [],
		adopted: new Map(),
		nextSheet: 1,
		rules: new Map(),
		gone: [],
		isFaulty,
		isMovingHosts,
	};
	const sent = snapshot(session);
	while (sent.length < events) {
		session.now += 1 + random.below(300);
		sent.push(...change(session));
	}
	return sent;
}

function snapshot(session: Session): Fields[] {
	const { now, root, random } = session;
	const frames = [...everything(session)].filter(({ frame }) => frame !== undefined);
	const initialOffset = { left: 0, top: random.once(3) ? 40 : 0 };
	return [
		{ type: 4, timestamp: now, data: { href: "http://shop.test/a", width: 640, height: 480 } },
		{ type: 2, timestamp: now, data: { node: encodeTree(root), initialOffset } },
		...frames.map((frame) => attach(session, frame)),
	];
}

function attach(session: Session, frame: Made): Fields {
	const node = encodeTree(frame.frame as Made);
	const adds = [{ parentId: frame.id, nextId: null, node }];
	return increment(session, {
		source: 0,
		adds,
		removes: [],
		texts: [],
		attributes: [],
		isAttachIframe: true,
	});
}

function increment({ now }: Session, data: Fields): Fields {
	return { type: 3, timestamp: now, data };
}

function change(session: Session): Fields[] {
	const { random } = session;
	const nodes = [...everything(session)];
	const elements = nodes.filter(({ type }) => type === 2);
	const roll = random.below(100);
	if (session.isFaulty && random.once(4)) return [faulty(session, nodes)];
	if (roll < 34) return [mutate(session, nodes)];
	if (roll < 44) return restyle(session, elements);
	if (roll < 50) return adopt(session, elements, nodes);
	if (roll < 53) return loadFrame(session, elements);
	if (roll < 62) return control(session, elements);
	if (roll < 68) {
		// The window scrolls as its document does, not as its elements.
		const boxes = elements.filter(({ tag }) => tag !== "html" && tag !== "body");
		const scrolled = random.pick([...boxes, ...nodes.filter(({ type }) => type === 0)]);
		const [x, y] = [random.below(9), random.below(60)];
		return [increment(session, { source: 3, id: scrolled.id, x, y })];
	}
	if (roll < 71) return playMedia(session, elements);
	if (roll < 75) return openDialog(session, elements);
	if (roll < 80) return [point(session, elements)];
	if (roll < 83) return select(session, nodes);
	if (roll < 84) {
		const size = { width: 300 + random.below(500), height: 400 };
		return [increment(session, { source: 4, ...size })];
	}
	if (roll < 86) {
		const family = random.pick(["Own", "Other"]);
		const font = { family, fontSource: "url(data:font/woff2;base64,AA==)", buffer: false };
		return [increment(session, { source: 10, ...font })];
	}
	if (roll < 87) return [increment(session, { source: 16, define: { name: "x-card" } })];
	if (roll < 88 && random.once(3)) return checkout(session);
	return [mutate(session, nodes)];
}

/** A recorder that begins anew: the same nodes with the same ids. */
function checkout(session: Session): Fields[] {
	session.sheets = [];
	session.adopted.clear();
	session.rules.clear();
	for (const node of everything(session)) if (node.tag === "dialog") node.attributes = {};
	return snapshot(session);
}

function mutate(session: Session, nodes: Made[]): Fields {
	const { random } = session;
	const data = { source: 0, adds: [], removes: [], texts: [], attributes: [] } as Fields & {
		adds: Fields[];
		removes: Fields[];
		texts: Fields[];
		attributes: Fields[];
	};
	const touched = new Set<number>();
	for (let count = 1 + random.below(3); count > 0; count--) {
		const roll = random.below(10);
		if (roll < 3) addPiece(session, data.adds, touched);
		else if (roll < 4) removePiece(session, data.removes, touched);
		else if (roll < 5) movePiece(session, data, touched);
		else if (roll < 7) changeText(session, nodes, data.texts, touched);
		else changeAttributes(session, data.attributes, touched);
	}
	return increment(session, data);
}

/** Where ordinary children can stand. */
function isParent({ type, tag, fields }: Made): boolean {
	if (type !== 2 || fields.isSVG) return false;
	return ![
		"html",
		"head",
		"input",
		"textarea",
		"select",
		"optgroup",
		"option",
		"style",
		"link",
		"iframe",
		"video",
		"audio",
	].includes(tag);
}

function addPiece(session: Session, adds: Fields[], touched: Set<number>): void {
	const { random } = session;
	const all = [...everything(session)].filter(({ id }) => !touched.has(id));
	const selects = all.filter(({ tag }) => tag === "select" || tag === "optgroup");
	const styles = all.filter(({ tag }) => tag === "style");
	const parents = all.filter(isParent);
	if (parents.length === 0) return;
	let parent = random.pick(parents);
	let piece: Made;
	if (random.once(6) && selects.length > 0) {
		parent = random.pick(selects);
		piece = makeOption(session);
	} else if (random.once(9) && styles.length > 0) {
		parent = random.pick(styles);
		piece = make(session, 3, { fields: { textContent: ".added { top: 1px; }" } });
	} else piece = makePiece(session, 1);
	place(session, { parent, piece, adds, touched });
}

function place(
	{ random }: Session,
	{
		parent,
		piece,
		adds,
		touched,
	}: { parent: Made; piece: Made; adds: Fields[]; touched: Set<number> },
): void {
	const isShadow = parent.shadow !== undefined && random.once(2);
	const siblings = isShadow ? (parent.shadow as Made[]) : parent.children;
	const at = random.below(siblings.length + 1);
	// What is changed in the same event would be told in another order.
	const next = siblings[at];
	if (next !== undefined && touched.has(next.id)) return;
	siblings.splice(at, 0, piece);
	piece.parent = parent;
	setOwner(piece, parent.owner ?? parent);
	for (const node of each(piece)) touched.add(node.id);
	touched.add(parent.id);
	if (next !== undefined) touched.add(next.id);
	addInOrder(adds, { parent, node: piece, next, isShadow });
}

/** As rrweb sends them: parents first, siblings from the last to the first, each alone. */
function addInOrder(
	adds: Fields[],
	{
		parent,
		node,
		next,
		isShadow,
	}: { parent: Made; node: Made; next: Made | undefined; isShadow: boolean },
): void {
	adds.push({ parentId: parent.id, nextId: next?.id ?? null, node: encodeAlone(node, isShadow) });
	if (node.tag === "textarea" && node.attributes.value !== undefined) return;
	for (const [children, isInner] of [
		[node.children, false],
		[node.shadow ?? [], true],
	] as const) {
		for (let at = children.length - 1; at >= 0; at--) {
			const child = children[at] as Made;
			addInOrder(adds, { parent: node, node: child, next: children[at + 1], isShadow: isInner });
		}
	}
}

function takeOut(node: Made): { parentId: number; id: number; isShadow?: true } | undefined {
	const { parent } = node;
	if (parent === undefined) return undefined;
	const isShadow = parent.shadow?.includes(node) ?? false;
	const siblings = isShadow ? (parent.shadow as Made[]) : parent.children;
	siblings.splice(siblings.indexOf(node), 1);
	return { parentId: parent.id, id: node.id, ...(isShadow ? { isShadow: true as const } : {}) };
}

function pickMovable(session: Session, touched: Set<number>): Made | undefined {
	const movable = [...everything(session)].filter(
		(node) =>
			node.parent !== undefined &&
			!["html", "head", "body"].includes(node.tag) &&
			node.type > 1 &&
			![...each(node), node.parent].some(({ id }) => touched.has(id)),
	);
	return movable.length === 0 ? undefined : session.random.pick(movable);
}

function removePiece(session: Session, removes: Fields[], touched: Set<number>): void {
	const node = pickMovable(session, touched);
	// A recorder tells what happens below a text area by its value alone.
	if (node === undefined || node.parent?.tag === "textarea") return;
	const remove = takeOut(node);
	if (remove === undefined) return;
	for (const { id } of each(node)) touched.add(id);
	touched.add(remove.parentId);
	session.gone.push(node.id);
	removes.push(remove);
}

function movePiece(
	session: Session,
	data: { adds: Fields[]; removes: Fields[] },
	touched: Set<number>,
): void {
	const node = pickMovable(session, touched);
	if (node === undefined || node.tag === "option" || node.tag === "optgroup") return;
	if (node.parent?.tag === "style" || node.parent?.tag === "textarea") return;
	const isHost = [...each(node)].some(
		({ shadow, tag }) => shadow !== undefined || tag === "iframe",
	);
	if (isHost && !session.isMovingHosts) return;
	// A frame that moves is loaded anew.
	for (const inner of each(node)) inner.frame = undefined;
	const remove = takeOut(node);
	if (remove === undefined) return;
	const isBelow = new Set([...each(node)].map(({ id }) => id));
	const parents = [...everything(session)].filter(
		(parent) => isParent(parent) && !isBelow.has(parent.id) && !touched.has(parent.id),
	);
	if (parents.length === 0) return;
	data.removes.push(remove);
	touched.add(remove.parentId);
	place(session, { parent: session.random.pick(parents), piece: node, adds: data.adds, touched });
}

function changeText(session: Session, nodes: Made[], texts: Fields[], touched: Set<number>): void {
	const { random } = session;
	const all = nodes.filter(
		({ type, id, parent }) => type === 3 && !touched.has(id) && parent?.tag !== "textarea",
	);
	if (all.length === 0) return;
	const node = random.pick(all);
	const isStyle = node.parent?.tag === "style";
	const value = isStyle
		? random.pick([".t:hover { color: red; }", ""])
		: random.pick(["new", "", "text <b>"]);
	node.fields.textContent = value;
	touched.add(node.id);
	texts.push({ id: node.id, value });
}

function changeAttributes(session: Session, attributes: Fields[], touched: Set<number>): void {
	const { random } = session;
	const all = [...everything(session)].filter(({ type, id }) => type === 2 && !touched.has(id));
	if (all.length === 0) return;
	const node = random.pick(all);
	const own: Fields = {};
	if (node.tag === "textarea") own.value = "•••";
	// Its new sheet makes a new element of what it was at first, without what was changed since.
	else if (node.tag === "link") own._cssText = RULES[random.below(2)];
	else if (node.tag === "iframe") own.rr_src = "http://other.test/";
	else if (node.tag === "input" && random.once(2)) own.value = String(random.below(9));
	else if (node.tag === "use") own["xlink:href"] = random.pick(["#h", null]);
	else if (random.once(2)) own.style = styleChange(session);
	else own[random.pick(["class", "title", "data-x", "id"])] = random.pick(["a", "b c", "", null]);
	Object.assign(
		node.attributes,
		Object.fromEntries(Object.entries(own).filter(([name]) => name !== "style")),
	);
	for (const [name, value] of Object.entries(own)) if (value === null) delete node.attributes[name];
	// What a moved element says of its style is not followed here.
	if ("style" in own) delete node.attributes.style;
	touched.add(node.id);
	attributes.push({ id: node.id, attributes: own });
}

function styleChange({ random }: Session): unknown {
	if (random.once(4)) return random.pick([null, "top: 1px; margin: 1px", ""]);
	const changed: Fields = {};
	for (let count = 1 + random.below(3); count > 0; count--) {
		const [property, values] = random.pick(PROPERTIES);
		const value = random.pick(values);
		changed[property] = random.pick([value, value, [value, "important"], false]);
	}
	return changed;
}

function restyle(session: Session, elements: Made[]): Fields[] {
	const { random } = session;
	const styles = elements.filter(({ tag }) => tag === "style" || tag === "link");
	const targets = [
		...styles.map(({ id }) => ({ id })),
		...session.sheets.map(({ id }) => ({ styleId: id })),
	];
	if (targets.length === 0) return [];
	const target = random.pick(targets);
	const roll = random.below(8);
	const index = random.below(4);
	if (roll < 3) {
		const rule = random.pick(random.once(6) ? RULES : RULES.slice(0, 3));
		return [increment(session, { source: 8, ...target, adds: [{ rule, index }] })];
	}
	if (roll < 4) return [increment(session, { source: 8, ...target, removes: [{ index }] })];
	if (roll < 5) {
		const nested = [index, random.below(2)];
		const adds = [{ rule: RULES[0], index: nested }];
		const parts = random.once(2) ? { adds } : { removes: [{ index: nested }] };
		return [increment(session, { source: 8, ...target, ...parts })];
	}
	if (roll < 6 && "styleId" in target) {
		return [
			increment(session, {
				source: 8,
				...target,
				replaceSync: ".s { top: 1px; } .t { left: 2px; }",
			}),
		];
	}
	const [property, values] = random.pick(PROPERTIES);
	const path = random.once(4) ? [index, 0] : [index];
	const set = { property, value: random.pick(values), priority: random.pick(["", "important"]) };
	const parts = random.once(4) ? { remove: { property } } : { set };
	return [increment(session, { source: 13, ...target, index: path, ...parts })];
}

function adopt(session: Session, elements: Made[], nodes: Made[]): Fields[] {
	const { random, sheets } = session;
	const hosts = [
		...elements.filter(({ shadow }) => shadow !== undefined),
		...nodes.filter(({ type }) => type === 0),
	];
	const host = random.pick(hosts);
	const owner = host.owner ?? host;
	const known = sheets.filter((sheet) => sheet.owner === owner);
	const styleIds: number[] = [];
	const styles: Fields[] = [];
	for (let count = 1 + random.below(2); count > 0; count--) {
		if (known.length > 0 && random.once(2)) {
			const { id } = random.pick(known);
			if (!styleIds.includes(id)) styleIds.push(id);
			continue;
		}
		const id = session.nextSheet++;
		sheets.push({ id, owner, rules: 2 });
		styleIds.push(id);
		const rules = [RULES[0], RULES[2]].map((rule, index) => ({ rule, index }));
		styles.push({ styleId: id, rules });
	}
	return [
		increment(session, {
			source: 15,
			id: host.id,
			styleIds,
			...(styles.length > 0 ? { styles } : {}),
		}),
	];
}

function loadFrame(session: Session, elements: Made[]): Fields[] {
	const frames = elements.filter(({ tag }) => tag === "iframe");
	if (frames.length === 0) return [];
	const frame = session.random.pick(frames);
	session.sheets = session.sheets.filter(({ owner }) => owner !== frame.frame);
	frame.frame = makeDocument(session, 2);
	return [attach(session, frame)];
}

function control(session: Session, elements: Made[]): Fields[] {
	const { random } = session;
	const controls = elements.filter(({ tag }) => ["input", "textarea", "select"].includes(tag));
	if (controls.length === 0) return [];
	const node = random.pick(controls);
	const { type } = node.attributes;
	const isTick = type === "checkbox" || type === "radio";
	const text =
		node.tag === "select" ? `v${random.below(9)}` : isTick ? "on" : `${random.below(90)}`;
	return [
		increment(session, { source: 5, id: node.id, text, isChecked: isTick && random.once(2) }),
	];
}

function playMedia(session: Session, elements: Made[]): Fields[] {
	const { random } = session;
	const media = elements.filter(({ tag }) => tag === "video" || tag === "audio");
	if (media.length === 0) return [];
	const { id } = random.pick(media);
	const state = {
		currentTime: random.below(30),
		volume: 0.4,
		muted: random.once(2),
		playbackRate: 1,
		loop: false,
	};
	return [increment(session, { source: 7, type: random.below(5), id, ...state })];
}

function openDialog(session: Session, elements: Made[]): Fields[] {
	const { random } = session;
	const dialogs = elements.filter(({ tag }) => tag === "dialog");
	if (dialogs.length === 0) return [];
	const node = random.pick(dialogs);
	const isOpen = "open" in node.attributes;
	const attributes: Fields = isOpen
		? { open: null, rr_open_mode: "non-modal" }
		: { open: "", rr_open_mode: random.pick(["modal", "non-modal"]) };
	node.attributes = isOpen ? {} : { ...attributes };
	const data = {
		source: 0,
		adds: [],
		removes: [],
		texts: [],
		attributes: [{ id: node.id, attributes }],
	};
	return [increment(session, data)];
}

function point(session: Session, elements: Made[]): Fields {
	const { random } = session;
	const { id } = random.pick(elements);
	const place = { x: random.below(500), y: random.below(400), id };
	const roll = random.below(3);
	if (roll === 0) return increment(session, { source: 2, type: random.below(11), ...place });
	return increment(session, {
		source: roll === 1 ? 1 : 6,
		positions: [{ ...place, timeOffset: 0 }],
	});
}

function select(session: Session, nodes: Made[]): Fields[] {
	const texts = nodes.filter(
		({ type, parent }) => type === 3 && parent !== undefined && isParent(parent),
	);
	if (texts.length === 0) return [];
	const { id } = session.random.pick(texts);
	const ranges = [{ start: id, startOffset: 0, end: id, endOffset: 1 }];
	return [increment(session, { source: 14, ranges })];
}

/** What no recorder should send. */
function faulty(session: Session, nodes: Made[]): Fields {
	const { random } = session;
	const any = () => random.pick(nodes).id;
	const gone = () => (session.gone.length > 0 ? random.pick(session.gone) : 99_999);
	const data = {
		source: 0,
		adds: [] as Fields[],
		removes: [] as Fields[],
		texts: [] as Fields[],
		attributes: [] as Fields[],
	};
	const fresh = encodeAlone(
		random.once(2) ? makeText(session) : make(session, 2, { tag: "i" }),
		false,
	);
	switch (random.below(10)) {
		case 0:
			data.adds.push({ parentId: gone(), nextId: null, node: fresh });
			break;
		case 1:
			data.adds.push({ parentId: any(), nextId: any(), node: fresh });
			break;
		case 2:
			data.removes.push({ parentId: any(), id: any() });
			break;
		case 3: {
			const node = random.pick(nodes);
			if (node.type === 0) break;
			data.adds.push({ parentId: any(), nextId: null, node: encodeAlone(node, false) });
			break;
		}
		case 4:
			data.texts.push({ id: any(), value: "written over" });
			break;
		case 5:
			data.attributes.push({ id: any(), attributes: { class: null, title: "x" } });
			break;
		case 6: {
			const later = make(session, 2, { tag: "u" });
			const inner = makeText(session);
			data.adds.push({ parentId: later.id, nextId: null, node: encodeAlone(inner, false) });
			data.adds.push({ parentId: any(), nextId: null, node: encodeAlone(later, false) });
			break;
		}
		case 7:
			data.adds.push({ parentId: fresh.id, nextId: null, node: fresh });
			break;
		case 8:
			return increment(session, { source: 5, id: gone(), text: "x", isChecked: true });
		default:
			return increment(session, { source: 3, id: gone(), x: 3, y: 4 });
	}
	data.attributes.push({ id: any(), attributes: { "data-after": String(random.below(99)) } });
	return increment(session, data);
}
