import { expect, test } from "vitest";
import { describeElement, nameElement } from "../../../viewer/heatmap/name-element.ts";

const path = 'path:[id="list"] > li:nth-of-type(2) > div:nth-of-type(1) > a:nth-of-type(1)';

const UNCOUNTED = {
	...{ id: "a1", also: [], candidates: [], next: [], count: 1 },
	...{ views: 1, exposedSessions: 1, exposedViews: 1, first: 0, last: 0, exits: 0 },
};

test.each([
	["test:data-testid=buy", "button", "button", "Buy", "Buy", "button · buy"],
	["name:city", "input", "textbox", "", "city", "textbox"],
	["name:city", "input", "", "", "city", "<input>"],
	[path, "a", "link", "Jug", "Jug", "link · … > li(2) > div(1) > a(1)"],
	[path, "h3", "", "", "<h3>", "<h3> · … > li(2) > div(1) > a(1)"],
	["item:.gallery .picture rect@2", "rect", "", "", "<rect>", "<rect> · .gallery .picture rect@2"],
	["text:a=Vases #", "a", "link", "Vases 3", "Vases 3", "link"],
	['label:main button[aria-label="Front"]', "button", "button", "Front", "Front", "button"],
	["", "", "", "", "Not described", ""],
])("%s is called by what people see of it", (key, tag, role, text, name, description) => {
	const rest = { layer: "flow", presses: 1, sessions: 1, bins: [], ...UNCOUNTED };
	const element = { key, tag, role, text, ...rest };
	expect(nameElement(element)).toBe(name);
	expect(describeElement(element, false)).toBe(description);
	expect(describeElement(element, true)).toMatch(/^not shown/);
});
