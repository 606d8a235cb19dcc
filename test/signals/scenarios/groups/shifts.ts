// Pages that jump under the hand, and pages that move because of it.
import { button, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";
import { one } from "./trouble.ts";

export const shifting: Scenario[] = shifts();

/** The note comes once the hand is there, so that it is pushed away under it. */
function shifts(): Scenario[] {
	const tall = button("it", "Order", 'style="height:160px;width:300px"');
	const note = `const note = (px) => { const p = document.createElement("p"); p.style.cssText = "margin:0;height:" + px + "px"; document.body.prepend(p) };`;
	const script = (px: number) =>
		`${note} on("it", () => say("Done")); find("it").addEventListener("pointerover", () => after(250, () => note(${px})), { once: true })`;
	/** Just when the hand is on its way. */
	const shifted = async (visitor: Visitor): Promise<void> => {
		await visitor.rest(900);
		await visitor.page.evaluate("note(40)");
		await visitor.rest(150);
		await visitor.press("it");
		await visitor.rest(2500);
	};
	const aim = async (visitor: Visitor): Promise<void> => {
		await visitor.rest(700);
		await visitor.press("it", { hoverMs: 480, at: [150, 120] });
		await visitor.rest(2500);
	};
	return [
		one("shift-under-the-hand", {
			inner: tall,
			script: script(50),
			visit: aim,
			must: [{ kind: "shift", on: "it" }],
		}),
		one("shift-under-a-finger", {
			...{
				inner: tall,
				device: "phone",
				script: `${note} on("it", () => say("Done")); window.note = note`,
			},
			visit: shifted,
			must: [{ kind: "shift", on: "it" }],
		}),
		one("shift-by-a-late-picture", {
			inner: `<img data-testid="late" alt="" style="display:block">${tall}`,
			script: `on("it", () => say("Done")); window.note = (px) => { find("late").style.height = px + "px" }`,
			visit: shifted,
			must: [{ kind: "shift", on: "it" }],
		}),
		one("shift-of-a-few-pixels", {
			inner: tall,
			script: script(10),
			visit: aim,
			trapOf: ["shift"],
		}),
		one("shift-long-before", {
			inner: tall,
			script: script(50),
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.press("it", { hoverMs: 1400, at: [150, 120] });
				await visitor.rest(2500);
			},
			trapOf: ["shift"],
		}),
		one("shift-of-one-s-own", {
			inner: `${button("open", "More")}<br>${tall}`,
			script: `${note} on("open", () => note(60)); on("it", () => say("Done"))`,
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.press("open");
				await visitor.press("it", { at: [150, 120] });
				await visitor.rest(2500);
			},
			trapOf: ["shift"],
		}),
		one("shift-of-a-carousel", {
			inner: `<span data-testid="row" style="display:inline-block;transition:none">${button("it", "Next", 'style="height:160px;width:300px"')}</span>`,
			script: `let at = 0; setInterval(() => { find("row").style.marginLeft = (at = 40 - at) + "px" }, 300); on("it", () => say("Done"))`,
			visit: aim,
			trapOf: ["shift"],
		}),
		one("shift-behind-the-press", {
			inner: tall,
			script: `${note} on("it", () => { say("Done"); note(60) })`,
			visit: aim,
			trapOf: ["shift"],
		}),
		one("shift-of-a-sticky-row", {
			pages: {
				"": `<div style="height:3000px"><p style="height:300px">Text</p><div style="position:sticky;top:0">${tall}</div></div>`,
			},
			visit: async (visitor) => {
				await visitor.rest(700);
				await visitor.wheel(600);
				await visitor.press("it", { at: [150, 80] });
				await visitor.rest(1500);
			},
			trapOf: ["shift"],
		}),
	];
}
