// How far to both sides a rebuilt page goes on beyond its window: it does so to the left where it is
// written from right to left, and not at all where it hides what is too wide.

/** CSS pixels of the document: the window is 0 to its width. */
export interface Reach {
	left: number;
	right: number;
}

export function readReach({ documentElement, body, defaultView }: Document): Reach {
	const { clientWidth, scrollWidth } = documentElement;
	if (defaultView === null) return { left: 0, right: clientWidth };
	const root = defaultView.getComputedStyle(documentElement);
	// What a page says of its body's overflow is meant for the window.
	const ofWindow = root.overflowX === "visible" && body ? defaultView.getComputedStyle(body) : root;
	const isCut = /hidden|clip/.test(ofWindow.overflowX);
	const beyond = isCut ? 0 : Math.max(0, scrollWidth - clientWidth);
	if (root.direction === "rtl") return { left: -beyond, right: clientWidth };
	return { left: 0, right: clientWidth + beyond };
}
