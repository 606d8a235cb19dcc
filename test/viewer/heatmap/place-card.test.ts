import fc from "fast-check";
import { expect, test } from "vitest";
import { placeCard } from "../../../viewer/heatmap/place-card.ts";

const CARD = { width: 200, height: 100 };
const ROOM = { width: 1000, height: 600 };
const place = (x: number, y: number, width: number, height: number, room = ROOM) =>
	placeCard({ x, y, width, height }, CARD, room);

test.each([
	["to its right, where there is room", [100, 200, 80, 40], { left: 188, top: 200 }],
	["to its left at the right edge", [900, 200, 80, 40], { left: 692, top: 200 }],
	["below what is as wide as the page", [0, 50, 1000, 40], { left: 8, top: 98 }],
	["above what is as wide as the page and at its end", [0, 560, 1000, 40], { left: 8, top: 452 }],
	["within the window beside what is low", [100, 580, 80, 40], { left: 188, top: 492 }],
	["nowhere, where the element leaves no room", [0, 0, 1000, 600], undefined],
	["nowhere, where the element is scrolled away", [100, -80, 80, 40], undefined],
] as const)("a card stands %s", (_, [x, y, width, height], want) => {
	expect(place(x, y, width, height)).toEqual(want);
});

test("a card is in the window and never on its element", () => {
	const lengths = fc.integer({ min: 0, max: 1200 });
	const starts = fc.integer({ min: -300, max: 1200 });
	fc.assert(
		fc.property(
			fc.record({ x: starts, y: starts, width: lengths, height: lengths }),
			fc.record({ width: lengths, height: lengths }),
			({ x, y, width, height }, room) => {
				const spot = place(x, y, width, height, room);
				if (spot === undefined) return;
				const { left, top } = spot;
				expect(left).toBeGreaterThanOrEqual(0);
				expect(top).toBeGreaterThanOrEqual(0);
				expect(left + CARD.width).toBeLessThanOrEqual(room.width);
				expect(top + CARD.height).toBeLessThanOrEqual(room.height);
				const isBeside = left >= x + width || left + CARD.width <= x;
				expect(isBeside || top >= y + height || top + CARD.height <= y).toBe(true);
			},
		),
	);
});
