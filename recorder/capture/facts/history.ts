// What the page has changed, when, and in which way, read once for all presses that are open: a page that
// changes all the time would be looked through for each of them again.
import { type ChangeBatch, RING_MS } from "./mutation-ring.ts";

/** `way` is one name for changes of one kind at one node. */
export type Change = [at: number, way: string, target: Node];

/** A tuple, since names would be loaded with every page. */
export type History = [
	/** @returns what has come since it was read last */
	read: (batches: readonly ChangeBatch[]) => Change[],
	/** Another press: so much is read again, and what was long before it can go. */
	begin: () => void,
	/** When something changed, by way. */
	times: ReadonlyMap<string, readonly number[]>,
	/** What put a node into the page last. */
	made: { get(node: Node): Change | undefined },
];

/** Of a batch, until so many were read for a press; then a sample of each has to do. */
const BATCH_RECORDS = 50;
const MOST_RECORDS = 800;
const SAMPLE_RECORDS = 6;

export function createHistory(): History {
	const numbers = new WeakMap<Node, number>();
	const made = new WeakMap<Node, Change>();
	const times = new Map<string, number[]>();
	let next = 0;
	let count = 0;
	let last: ChangeBatch = [0, []];

	/** How a node changes: an attribute, its text, or what kind of child comes and goes. */
	const wayOf = ({ target, attributeName, addedNodes, removedNodes }: MutationRecord): string => {
		const number = numbers.get(target) ?? next++;
		numbers.set(target, number);
		const node = addedNodes[0] ?? removedNodes[0] ?? target;
		return `${number} ${attributeName ?? node.nodeName + (node as Partial<Element>).className}`;
	};
	return [
		(batches) => {
			const read: Change[] = [];
			for (const batch of batches.slice(batches.indexOf(last) + 1)) {
				last = batch;
				const [at, records] = batch;
				for (const record of records.slice(
					0,
					count < MOST_RECORDS ? BATCH_RECORDS : SAMPLE_RECORDS,
				)) {
					count++;
					const way = wayOf(record);
					const change: Change = [at, way, record.target];
					read.push(change);
					for (const node of record.addedNodes) made.set(node, change);
					const known = times.get(way) ?? [];
					times.set(way, known);
					addTime(known, at);
				}
			}
			return read;
		},
		() => {
			count = 0;
			for (const [way, known] of times) {
				if ((known.at(-1) ?? 0) < last[0] - 3 * RING_MS) times.delete(way);
			}
		},
		times,
		made,
	];
}

export function addTime(times: number[], then: number): void {
	if (times.at(-1) !== then) times.push(then);
}
