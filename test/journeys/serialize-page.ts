// One serialiser for the live page and the replayed one. It runs inside the browser, so it stands alone.

/** What the two may differ in. Everything else must be the same. */
export const IGNORED_DIFFERENCES = [
	"the head: recorders inline style sheets there; that they apply is compared by computed styles",
	"script and noscript elements: a replay has none that run",
	"comments and white space between elements",
	"what is typed or chosen in form controls: it never leaves the page",
	"the text of content-editable elements, options and text areas, for the same reason",
	"queries and hashes of URLs: they never leave the page",
	"classes and attributes that the replayer adds to show hover and to keep its own notes",
	"where forms lead to: a replayed form leads nowhere",
	"autocomplete, which the replayer turns off, and patterns of fields, which check what never leaves",
	"placeholders, data attributes of several words, and names of what describes an element, all by rules",
];

export function serializePage(document: Document): string {
	const lines: string[] = [];
	const urls = new Set(["href", "src", "xlink:href"]);
	const state = new Set([
		"value",
		"checked",
		"selected",
		"action",
		"autocomplete",
		"placeholder",
		"pattern",
	]);
	const secret = 'option, textarea, [contenteditable]:not([contenteditable="false"])';
	const base = document.querySelector("base")?.href || document.baseURI;

	const attributesOf = (element: Element) =>
		[...element.attributes]
			.filter(({ name }) => !state.has(name) && !name.startsWith("rr_"))
			.filter(({ name, value }) => !(name.startsWith("data-") && value.includes(" ")))
			.filter(({ name }) => !/^aria-(?:describedby|labelledby)$/.test(name))
			.map(({ name, value }) => {
				if (name === "class")
					return `class=${value
						.replace(/:hover/g, "")
						.split(/\s+/)
						.join(" ")
						.trim()}`;
				if (
					!urls.has(name) ||
					(value.startsWith("#") && element.localName !== "a") ||
					value.startsWith("data:")
				)
					return `${name}=${value}`;
				return `${name}=${new URL(value, base).pathname}`;
			})
			.filter((text) => text !== "class=")
			.sort();
	const textOf = (element: Element) =>
		[...element.childNodes]
			.filter((node) => node.nodeType === 3)
			.map((node) => node.nodeValue)
			.join(" ")
			.replace(/\s+/g, " ")
			.trim();
	const write = (element: Element, depth: number) => {
		if (element.matches("script, noscript")) return;
		const text = element.matches(secret) ? "" : textOf(element);
		lines.push(
			`${"  ".repeat(depth)}${element.localName} ${attributesOf(element).join(" ")} «${text}»`,
		);
		if (element.matches(secret)) return;
		for (const child of element.children) write(child, depth + 1);
	};
	write(document.body, 0);
	for (const element of document.querySelectorAll("body, h1, button, a, input")) {
		const style = document.defaultView?.getComputedStyle(element);
		lines.push(
			`${element.localName}: ${style?.color} ${style?.backgroundColor} ${style?.fontSize} ${style?.display}`,
		);
	}
	return lines.join("\n");
}
