// Where two trees differ, each place with its path and both sides.
import type { NormalNode } from "./normal-tree.ts";

export interface TreeDifference {
	/** `#document > html > body > main#root > #text:2`. */
	path: string;
	/** What differs: a fact, or `children`. */
	fact: string;
	live: string;
	replay: string;
}

const SIDE_LENGTH = 300;

/** @returns at most `most` differences, in document order; below children that do not match none */
export function compareTrees(live: NormalNode, replay: NormalNode, most = 200): TreeDifference[] {
	const found: TreeDifference[] = [];
	const visit = (left: NormalNode, right: NormalNode, path: string): void => {
		if (found.length >= most) return;
		const say = (fact: string, is = "(none)", was = "(none)") =>
			found.push({ path, fact, live: cut(is), replay: cut(was) });
		for (const fact of new Set([...Object.keys(left.facts), ...Object.keys(right.facts)])) {
			const [is, was] = [left.facts[fact], right.facts[fact]];
			if (is !== was) say(fact, is, was);
		}
		const names = [left, right].map(({ children }) => children.map(({ name }) => name));
		const first = firstUnlike(names[0] ?? [], names[1] ?? []);
		if (first !== -1) {
			say("children", listAround(left.children, first), listAround(right.children, first));
			return;
		}
		for (const [at, child] of left.children.entries()) {
			const other = right.children[at];
			if (other) visit(child, other, `${path} > ${labelOf(child)}:${at}`);
		}
	};
	visit(live, replay, live.name);
	return found;
}

function firstUnlike(left: readonly string[], right: readonly string[]): number {
	const length = Math.max(left.length, right.length);
	for (let at = 0; at < length; at++) if (left[at] !== right[at]) return at;
	return -1;
}

function listAround(children: readonly NormalNode[], at: number): string {
	const from = Math.max(0, at - 2);
	const shown = children
		.slice(from, at + 4)
		.map(labelOf)
		.join(" ");
	return `${children.length} children, from ${from}: ${shown}`;
}

function labelOf({ name, facts }: NormalNode): string {
	if (name === "#text") return JSON.stringify((facts.text ?? "").slice(0, 12));
	return facts.id === undefined ? name : `${name}#${facts.id}`;
}

function cut(text: string): string {
	return text.length > SIDE_LENGTH ? `${text.slice(0, SIDE_LENGTH)}…` : text;
}
