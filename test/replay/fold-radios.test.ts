// Radio buttons in a keyframe: what is said again behind the snapshot, since a browser that builds the page
// in its order would tick another. That a browser then ticks the right one is proven by fold-proof.
import { expect, test } from "vitest";
import { createFold } from "../../replay/fold.ts";
import type { RawEvent } from "../../replay/scrub.ts";

type Fields = Record<string, unknown>;

const element = (id: number, tagName: string, rest: Fields = {}): Fields => ({
	...{ type: 2, id, tagName, attributes: {}, childNodes: [] },
	...rest,
});
const radio = (id: number, checked?: true, rest: Fields = {}) => {
	const marked = checked ? { checked } : {};
	return element(id, "input", { attributes: { type: "radio", name: "a", ...marked }, ...rest });
};
const change = (data: Fields): RawEvent => ({ type: 3, timestamp: 2, data });
const choose = (id: number) => change({ source: 5, id, text: "on", isChecked: true });
const mutate = (parts: Fields) => change({ source: 0, ...parts });
const add = (parentId: number, node: Fields, nextId: number | null = null) =>
	mutate({ adds: [{ parentId, nextId, node }] });
const remove = (parentId: number, id: number) => mutate({ removes: [{ parentId, id }] });

/** What follows the snapshot, as a line each. */
function tail(body: Fields[], ...events: RawEvent[]): string[] {
	const childNodes = [element(3, "body", { childNodes: body })];
	const node = { type: 0, id: 1, childNodes: [element(2, "html", { childNodes })] };
	const fold = createFold();
	fold.apply({ type: 2, timestamp: 1, data: { node } });
	for (const event of events) fold.apply(event);
	return (fold.keyframe(9) ?? []).slice(2).map(({ data }) => describe(data as Fields));
}

function describe({ source, ...data }: Fields): string {
	if (source === 5) return `${data.id} ${data.isChecked ? "ticked" : "unticked"}`;
	const { adds, removes, attributes } = data as Record<string, Fields[]>;
	return [
		...(adds ?? []).map(({ parentId }) => `one comes to ${parentId}`),
		...(removes ?? []).map(({ parentId }) => `it leaves ${parentId}`),
		...(attributes ?? []).map(({ id, attributes: own }) => `${id} ${JSON.stringify(own)}`),
	].join(", ");
}

const TWO = () => [radio(5, true), radio(6, true)];

test.each<[string, string[], string[]]>([
	[
		"who is ticked of several with the attribute",
		tail(TWO()),
		['6 {"checked":null}, 6 {"checked":""}'],
	],
	[
		"who came last, though it stands first",
		tail([radio(6, true)], add(3, radio(5, true), 6)),
		['5 {"checked":null}, 5 {"checked":""}'],
	],
	["who was chosen last", tail(TWO(), choose(6), choose(5)), ["6 unticked", "5 ticked"]],
	[
		"that nobody is, where the chosen one has gone",
		tail([radio(5, true), radio(6)], choose(6), remove(3, 6)),
		["one comes to 3", "it leaves 3"],
	],
	[
		"of a form what was chosen in it",
		tail(
			[
				element(7, "form", { childNodes: [radio(5)] }),
				element(8, "form", { childNodes: [radio(6)] }),
			],
			choose(5),
			choose(6),
		),
		["5 ticked", "6 ticked"],
	],
	[
		"of a shadow tree what was chosen in it",
		tail(
			[
				element(7, "div", {
					isShadowHost: true,
					childNodes: [radio(5, undefined, { isShadow: true })],
				}),
				radio(6),
			],
			choose(5),
			choose(6),
		),
		["5 ticked", "6 ticked"],
	],
	[
		"of one with a new name that it is ticked there",
		tail(
			[radio(5), element(6, "input", { attributes: { type: "radio", name: "b" } })],
			choose(6),
			choose(5),
			mutate({ attributes: [{ id: 5, attributes: { name: "b" } }] }),
		),
		["6 unticked", "5 ticked"],
	],
	[
		"nothing of those without a name",
		tail([element(5, "input", { attributes: { type: "radio", checked: true } })]),
		[],
	],
])("a keyframe says %s", (_, said, wanted) => {
	expect(said).toEqual(wanted);
});
