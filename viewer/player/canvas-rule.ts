// Without scripts Chromium takes a `<canvas>` for what stands inside it: an inline box, mostly empty, and
// what comes after it moves up. With an empty picture as its content it is a replaced element again, which
// is laid out as a canvas by everything that a page may say of it; its natural size, which the picture
// does not have, is told by its attributes. Of no specificity, so that the page's own rules win.
//
// `width` and an aspect ratio alone were rejected: a page that gives a height only gets the wrong width.

const PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E";

export const CANVAS_RULE = `:where(canvas) {
	content: url("${PICTURE}"); contain: size;
	contain-intrinsic-size: 300px 150px; aspect-ratio: auto 300 / 150;
	contain-intrinsic-size: ${natural("width", 300, "px")} ${natural("height", 150, "px")};
	aspect-ratio: auto ${natural("width", 300)} / ${natural("height", 150)};
}`;

/** Browsers that read no numbers from attributes take what was said before. */
function natural(attribute: string, fallback: number, unit = ""): string {
	const type = unit || "type(<number>)";
	return `round(down, attr(${attribute} ${type}, ${fallback}${unit}), 1${unit})`;
}
