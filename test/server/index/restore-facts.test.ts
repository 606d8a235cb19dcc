// What the index makes of facts is read back as the facts that were told.
import { expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import type { Fact } from "../../../protocol/fact.ts";
import type { IndexedElement, IndexedFact } from "../../../server/index/indexed-session.ts";
import { restoreFacts } from "../../../server/index/restore-facts.ts";
import { createPackRows } from "../../../server/index/rows.ts";
import { createSampleChunk, createSampleSession } from "../sample-chunk.ts";

const AT = Date.parse("2026-11-22T12:00:00Z");
const URL = "https://site";

/** As the engine fills columns that a row does not name. */
const EMPTY: IndexedFact = {
	...{ session: "", stream: "", sequence: 0, part: 0, position: 0, tab: "", kind: 0, at: 0 },
	...{ view: 0, path: "", page: "", title: "", reached: "", document_width: 0 },
	...{ document_height: 0, viewport_width: 0, viewport_height: 0, element: 0, x: 0, y: 0 },
	...{ document_x: 0, document_y: 0, layer: "", pointer: "", hover_ms: 0, approach_ms: 0 },
	...{ hints: 0, state: "", visible: 0, how: "", data: "" },
};

function passThroughIndex(facts: readonly Fact[]): Fact[] {
	const { envelope } = decodeChunk(createSampleChunk(createSampleSession(AT)));
	const head = { site: 1, receivedAt: AT, sentAt: AT, attempt: 0, userAgent: "", crc: 0 };
	const entry = { head, envelope, facts, place: { offset: 0, length: 1 } };
	const rows = createPackRows({ key: "p/20261122/12/00/x.pk", bytes: 1 }, [entry]);
	const [stream] = restoreFacts({
		facts: rows.facts.map((row) => ({ ...EMPTY, ...row })),
		elements: rows.elements as IndexedElement[],
	});
	expect(stream).toMatchObject({ stream: envelope.stream, tab: envelope.tab });
	return stream?.facts ?? [];
}

const PAGE: Fact = [1, AT, 0, `${URL}/cart/17`, "Cart", "push", 1440, 3000, 1440, 900];

const FACTS: Fact[] = [
	[3, AT, 4, [["test", "qa=buy"]], "button", "button", "Buy", 1],
	[2, AT, 0, 4, 9000, 100, 30, 40, "fixed", "touch", 390, 844, -1, 120, 6, "1abc"],
	[4, AT, 0],
	[4, AT, 1],
	[5, AT, 0, "zoom", 150],
	[5, AT, 0, "copy"],
	[6, AT, 0, 3, AT, 1, 7000, 2, [["mutation", 9, "near"]]],
	[7, AT, 0, 4, "blur", 1, -1, 2, 3, 4, 5, 3, 0, 1, 2],
	[8, AT, 0, 5, 1, 0, 0, "none", 5000],
	[9, AT, 0, 900, 1800, 1, [10, 20]],
	[10, AT, 0, 3, 2, AT, [1, 2, 300]],
	[11, AT, 0, [1, 2]],
	[12, AT, 0, "error", "abc", "x is not a function", "/app.js"],
	[13, AT, 0, "fetch", `${URL}/api/cart`, 500, 120],
	[14, AT, 0, "inp", 640, 4],
	[15, AT, 0, 6, 1],
	[16, AT, 0, "added", [["items", 2]]],
	[18, AT, 0, "price", "low"],
	[19, AT, 0, 1],
	[22, AT, 0, 4, 3, 9000],
	[23, AT, 0, 4, 9000, 100, 30, 40, "flow", "touch", 390, 844, 300, -1, 8, "", -120],
	[7, AT, 0, 4, "submit", 1, -1, 2, 3, 4, 5, 3, 0, 1, 2, 9],
	[9, AT, 0, 900, 1800, 6, [10, 20], 5, 1200],
	[14, AT, 0, "inp", 640, 4, 2500],
];

test.each(FACTS.map((fact): [Fact] => [fact]))("%j comes back as it was told", (fact) => {
	const restored = passThroughIndex([PAGE, fact]);
	expect(restored).toHaveLength(2);
	expect(restored).toEqual(expect.arrayContaining([PAGE, fact]));
});

test("where the page's clock is days behind, answers still name their press", () => {
	const behind = 5 * 24 * 3600_000;
	const page: Fact = [1, AT - behind, 0, `${URL}/`, "", "load", 1440, 3000, 1440, 900];
	const at = AT - behind + 100;
	const press: Fact = [2, at, 0, 4, 9, 9, 9, 9, "flow", "mouse", 1440, 900, -1, -1, 0, ""];
	const answer: Fact = [6, at + 7000, 0, 4, at, 1, 7000, 0, []];
	const restored = passThroughIndex([page, press, answer]);
	const [, pressedAt] = restored.find(([code]) => code === 2) ?? [];
	const told = restored.find((fact) => fact[0] === 6);
	expect(pressedAt).not.toBe(at);
	expect(told?.[4]).toBe(pressedAt);
});

test("a page that the site names comes back with its name", () => {
	const told: Fact = [21, AT, 0, "/cart/of-mine"];
	expect(passThroughIndex([PAGE, told])).toEqual([PAGE, told]);
});
