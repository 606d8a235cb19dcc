// What is typed, ticked and chosen. The replayer sets `checked` and `value` of the control, which a
// snapshot cannot say: a control that was typed into no longer follows its attributes. So the last Input
// event of a control stands in the tail, and is put right where the page changes beneath it. Of a `select`
// the chosen option is followed as a browser follows it (Chromium's HTMLSelectElement): the first that can
// be chosen is, and stays so when others come in front of it.
import { isRadio, tickTo } from "./fold-radios.ts";
import { childrenOf, type FoldNode, LOOKS_MAX, liveOf, type Page, TEXT } from "./fold-tree.ts";
import { type Fields, textOf } from "./scrub-node.ts";

const CONTROLS = new Set(["input", "textarea", "select"]);
/** Elements whose `value` is an attribute, a number or the like. Recorders send nothing for them. */
const VALUED = new Set(["button", "data", "li", "meter", "option", "output", "param", "progress"]);
const INPUT = 5;
/** Equal to no option's value, as those have no line breaks at their ends. */
const NO_OPTION = "\n";

export function applyInput(page: Page, data: Fields): void {
	const node = page.mirror.get(data.id as number);
	if (node === undefined || data.id === -1) return;
	if (VALUED.has(node.tag)) page.miss("input-of-other-element");
	if (!CONTROLS.has(node.tag) || node.svg) return;
	const live = liveOf(node);
	const event = { source: data.source, id: node.id, text: data.text, isChecked: data.isChecked };
	live.input = { event, order: page.order++, isValueLate: false };
	if (node.tag === "select") {
		live.chosen = {
			option: findOption(page, node, (option) => choiceValue(option) === String(data.text)),
		};
	}
	tickTo(page, node, data.isChecked === true);
}

/** To be called before the options of a list change. @returns what to call afterwards */
export function watchOptions(page: Page, parent: FoldNode, option: FoldNode): () => void {
	const select = parent.tag === "optgroup" ? parent.parent : parent;
	if (select?.tag !== "select" || (option.tag !== "option" && option.tag !== "optgroup")) {
		return () => undefined;
	}
	const live = liveOf(select);
	live.chosen ??= { option: defaultOption(select) };
	const { chosen } = live;
	return () => {
		const added = option.parent === undefined ? [] : [...optionsOf(option)];
		const selected = added.findLast(({ attributes }) => hasAttribute(attributes, "selected"));
		if (!isDropDown(select)) {
			const text = live.input?.event.text;
			const isWanted = added.some((other) => choiceValue(other) === String(text));
			if (text !== undefined && (selected !== undefined || isWanted)) page.miss("multiple-select");
			if (chosen.option !== undefined && listOf(chosen.option) !== select)
				chosen.option = undefined;
			return;
		}
		if (selected !== undefined) chosen.option = selected;
		// One that comes makes the list choose again only where it could be chosen itself.
		const isChange = added.length === 0 || added.some(isEnabled);
		const isGone = chosen.option !== undefined && listOf(chosen.option) !== select;
		if (isGone || (chosen.option === undefined && isChange))
			chosen.option = findOption(page, select, isEnabled);
	};
}

/** To be called before the attributes of a list change that say whether one is always chosen. */
export function keepChoice(node: FoldNode): void {
	const live = liveOf(node);
	live.chosen ??= { option: defaultOption(node) };
	live.chosen.isKept = true;
}

export interface InputTail {
	event: Fields;
	/** What has to be given the value of the event while it is applied, as others have its own. */
	renamed: FoldNode | undefined;
}

/** What the control has to be told after a snapshot; undefined where nothing. */
export function tailOfInput(page: Page, node: FoldNode): InputTail | undefined {
	const { input, chosen } = node.live ?? {};
	const isFollowed = chosen !== undefined && (isDropDown(node) || chosen.isKept);
	if (node.tag !== "select" || !isFollowed) {
		if (input === undefined) return undefined;
		const { event } = input;
		return {
			event: isRadio(node) ? { ...event, isChecked: page.ticked.has(node) } : event,
			renamed: undefined,
		};
	}
	const { option } = chosen;
	if (option === defaultOption(node)) return undefined;
	const value = option === undefined ? NO_OPTION : choiceValue(option);
	const isFirst = [...optionsOf(node)].find((other) => choiceValue(other) === value) === option;
	const text = isFirst ? value : NO_OPTION;
	const event = { source: INPUT, id: node.id, text, isChecked: input?.event.isChecked ?? false };
	return { event, renamed: isFirst ? undefined : option };
}

/** Of one line, so that there is always one chosen. */
function isDropDown({ attributes }: FoldNode): boolean {
	return !hasAttribute(attributes, "multiple") && !(Number(attributes.size) > 1);
}

/** What is chosen where the options are built in their order. */
function defaultOption(select: FoldNode): FoldNode | undefined {
	const options = [...optionsOf(select)];
	const selected = options.findLast(({ attributes }) => hasAttribute(attributes, "selected"));
	if (selected !== undefined || !isDropDown(select)) return selected;
	return options.find(isEnabled);
}

function isEnabled({ attributes, parent }: FoldNode): boolean {
	if (hasAttribute(attributes, "disabled")) return false;
	return !(parent?.tag === "optgroup" && hasAttribute(parent.attributes, "disabled"));
}

/** One by one: a list that is emptied from its start chooses again with each option. */
function* optionsOf(node: FoldNode): Generator<FoldNode> {
	if (node.tag === "option") yield node;
	else {
		for (const child of childrenOf(node)) {
			if (child.tag === "option") yield child;
			if (child.tag !== "optgroup") continue;
			for (const inner of childrenOf(child)) if (inner.tag === "option") yield inner;
		}
	}
}

function findOption(
	page: Page,
	node: FoldNode,
	isWanted: (option: FoldNode) => boolean,
): FoldNode | undefined {
	for (const option of optionsOf(node)) {
		if (page.looks++ >= LOOKS_MAX) {
			page.miss("options");
			return undefined;
		}
		if (isWanted(option)) return option;
	}
	return undefined;
}

function listOf(option: FoldNode): FoldNode | undefined {
	return option.parent?.tag === "optgroup" ? option.parent.parent : option.parent;
}

function choiceValue(option: FoldNode): string {
	const { value } = option.attributes;
	if (hasAttribute(option.attributes, "value")) return textOf(value);
	const texts = [...childrenOf(option)].filter(({ type }) => type === TEXT);
	return texts
		.map(({ text }) => text)
		.join("")
		.replace(/[ \t\n\f\r]+/g, " ")
		.trim();
}

function hasAttribute(attributes: Fields, name: string): boolean {
	const value = attributes[name];
	return value !== undefined && value !== null && !(name === "selected" && value === false);
}
