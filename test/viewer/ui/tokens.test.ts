// WCAG 2.2 §1.4.3 and §1.4.11, computed from the stylesheet itself in both themes.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("viewer/ui/tokens.css", "utf8");
const THEMES = ["light", "dark"] as const;

/** Whatever a screen or a card may stand on. */
const GROUNDS = ["bg-0", "bg-1", "bg-2", "bg-stage", "accent-soft"];
const TEXT: [text: string, grounds: string[]][] = [
	["fg-0", [...GROUNDS, "ok-soft"]],
	["fg-1", GROUNDS],
	["fg-2", [...GROUNDS, "ok-soft", "warn-soft", "bad-soft"]],
	["accent", ["bg-0", "bg-1", "bg-2"]],
	["accent-strong", ["accent-soft"]],
	["on-accent", ["accent", "accent-strong"]],
	["warn", ["warn-soft", "bg-1"]],
	["bad", ["bad-soft", "bg-0", "bg-1", "bg-stage"]],
	["ok", ["ok-soft", "bg-1"]],
	["bg-0", ["fg-0"]],
];
const SHAPES: [shape: string, grounds: string[]][] = [
	["focus", ["bg-0", "bg-1", "bg-2", "accent-soft"]],
	["line-strong", ["bg-0", "bg-1"]],
	["accent", ["bg-1", "line"]],
	["press", ["bg-1"]],
	["ok", ["bg-0"]],
];

describe.each(THEMES)("in the %s theme", (theme) => {
	test.each(pairs(TEXT))("%s can be read on %s", (text, ground) => {
		expect(contrast(colorOf(text, theme), colorOf(ground, theme))).toBeGreaterThanOrEqual(4.5);
	});
	test.each(pairs(SHAPES))("%s can be seen on %s", (shape, ground) => {
		expect(contrast(colorOf(shape, theme), colorOf(ground, theme))).toBeGreaterThanOrEqual(3);
	});
});

test("black on white is 21, so the formula is the right one", () => {
	expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 6);
});

function pairs(table: [string, string[]][]): [string, string][] {
	return table.flatMap(([front, grounds]) =>
		grounds.map((ground): [string, string] => [front, ground]),
	);
}

function colorOf(token: string, theme: (typeof THEMES)[number]): string {
	const found = new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);`).exec(css);
	if (found === null) throw new Error(`tokens.css has no colour ${token}`);
	return found[theme === "light" ? 1 : 2] ?? "";
}

function contrast(a: string, b: string): number {
	const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
		return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
