// Points that something else lies over, in the page as it is shown: an open dialog, a banner. Drawn there
// they would be read as presses on what covers them. The browser is asked at the point, not at the middle
// of the element, and knows only what is in the window: the page is scrolled through, each point asked
// while it is as far from the window's edges as it gets, so that a bar at an edge covers only what it
// covers at the very top or end.
import type { BuiltPage } from "./backdrop.ts";
import type { PlacedElement, Point } from "./project.ts";

/** Asking is a hit test, a few microseconds: the heaviest points, which are what one looks at. */
const MOST_POINTS = 4000;

/** A bin's middle is not where somebody pressed; at an edge it may be on the neighbour's side. */
const NEAR_PX = 3;

interface Place {
	/** CSS pixels of the viewport. */
	x: number;
	y: number;
}

interface Question {
	node: Element;
	point: Point;
	/** Where the page has to be scrolled to. */
	scroll: number;
}

/** Leaves the page at its top. */
export function findCovered(
	placed: readonly PlacedElement[],
	page: Pick<BuiltPage, "document" | "size" | "scrollTo">,
): Set<Point> {
	const covered = new Set<Point>();
	const { innerHeight = 0 } = page.document.defaultView ?? {};
	let scroll = 0;
	for (const question of listQuestions(placed, page.size.height, innerHeight)) {
		if (question.scroll !== scroll) page.scrollTo(question.scroll);
		scroll = question.scroll;
		const { x, y } = question.point;
		const at = { x, y: y - scroll };
		if (isCovered(question.node, at) && isCovered(question.node, inwards(question.node, at)))
			covered.add(question.point);
	}
	page.scrollTo(0);
	return covered;
}

function listQuestions(
	placed: readonly PlacedElement[],
	height: number,
	screen: number,
): Question[] {
	const step = Math.max(1, Math.floor(screen / 2));
	const last = Math.max(0, height - screen);
	return placed
		.flatMap(({ node, points, pinned }) =>
			points.flatMap((point) => {
				if (node === undefined || (pinned && point.y > screen)) return [];
				const middle = pinned ? 0 : Math.round((point.y - screen / 2) / step) * step;
				return [{ node, point, scroll: Math.min(last, Math.max(0, middle)) }];
			}),
		)
		.sort((a, b) => b.point.presses - a.point.presses)
		.slice(0, MOST_POINTS)
		.sort((a, b) => a.scroll - b.scroll);
}

/** What it stands in shows round its corners and between its lines, and covers nothing. */
function isCovered(node: Element, { x, y }: Place): boolean {
	const page = node.ownerDocument;
	const top = page.elementFromPoint(x, y);
	if (top === null || node.contains(top) || top.contains(node)) return false;
	if (top.closest("label")?.control === node) return false;
	// What is beside a modal dialog no pointer reaches; it is dimmed, and under the dialog it is covered.
	const modal = top.closest(":modal");
	if (modal !== null) return isWithin(modal, { x, y });
	// What else no pointer reaches cannot be told from what is covered.
	return page.elementsFromPoint(x, y).some((under) => node.contains(under));
}

function isWithin(element: Element, { x, y }: Place): boolean {
	const { left, top, right, bottom } = element.getBoundingClientRect();
	return x >= left && x <= right && y >= top && y <= bottom;
}

function inwards(node: Element, { x, y }: Place): Place {
	const { left, top, width, height } = node.getBoundingClientRect();
	const towards = (from: number, middle: number) =>
		from + Math.max(-NEAR_PX, Math.min(NEAR_PX, middle - from));
	return { x: towards(x, left + width / 2), y: towards(y, top + height / 2) };
}
