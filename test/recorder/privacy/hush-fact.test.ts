import { expect, test } from "vitest";
import type { ElementCandidate } from "../../../protocol/element-key.ts";
import { type ElementFact, FACT_ELEMENT } from "../../../protocol/fact.ts";
import { hushFact } from "../../../recorder/privacy/hush-fact.ts";

test("an element that is told of without words keeps names, links and positions of its key", () => {
	const kept: ElementCandidate[] = [
		["test", "data-qa=add"],
		["link", "/goods/jug"],
		["item", ".card button.add@3"],
		["path", "html > body:nth-of-type(1)"],
	];
	const words: ElementCandidate[] = [
		["label", 'main button[aria-label="Add"]'],
		["text", "button=Add"],
		["item", ".card button.add@0=Jug"],
	];
	const fact: ElementFact = [FACT_ELEMENT, 0, 1, [...words, ...kept], "button", "button", "Add", 0];
	expect(hushFact(fact)).toEqual([FACT_ELEMENT, 0, 1, kept, "button", "button", "", 0]);
});
