import { expect, test } from "vitest";
import { findBinding, type KeyBinding, showKeys } from "../../../viewer/ui/keys.ts";

const run = () => {};
const bindings: KeyBinding[] = [
	{ keys: ["ArrowLeft"], does: "back", run },
	{ keys: ["shift+ArrowLeft"], does: "marker before", run },
	{ keys: ["?"], does: "help", run },
	{ keys: ["0", "1"], shown: ["0", "…", "9"], does: "to a tenth", run },
];

test.each([
	["ArrowLeft", false, "back"],
	["ArrowLeft", true, "marker before"],
	["?", true, "help"],
	["1", false, "to a tenth"],
	["Enter", false, undefined],
])("%s (shift: %s) does: %s", (key, shiftKey, want) => {
	expect(findBinding(bindings, { key, shiftKey })?.does).toBe(want);
});

test("the help names keys as they are printed on them", () => {
	expect(bindings.map((binding) => showKeys(binding).join(" "))).toEqual([
		"←",
		"⇧ ←",
		"?",
		"0 … 9",
	]);
});
