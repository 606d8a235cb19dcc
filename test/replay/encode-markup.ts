// The snapshot of a keyframe as one line of markup, so that a test can say what it wants to see.
type Fields = Record<string, unknown>;

/** @param unfolded what to write where there is no keyframe */
export function encodeMarkup(
	events: readonly { type: number; data: unknown }[],
	unfolded: readonly string[] = [],
): string {
	const snapshot = events.find(({ type }) => type === 2);
	if (snapshot === undefined) return `no keyframe: ${unfolded.join(", ")}`;
	return encodeNode((snapshot.data as { node: Fields }).node);
}

function encodeNode(node: Fields): string {
	if (node.type === 3) return String(node.textContent);
	if (node.type !== 2 && node.type !== 0) return "";
	const attributes = Object.entries((node.attributes ?? {}) as Fields).map(
		([name, value]) => ` ${name}="${value}"`,
	);
	const children = (node.childNodes as Fields[])
		.map((child) => (child.isShadow ? `#${encodeNode(child)}` : encodeNode(child)))
		.join("");
	if (node.type === 0) return children;
	return `<${node.tagName}${attributes.join("")}>${children}</${node.tagName}>`;
}
