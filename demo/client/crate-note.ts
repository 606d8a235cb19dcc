/**
 * A note in carts with a full moon jar. It comes late and makes its own room, which pushes the way to the checkout
 * down: one of the planted faults.
 */
const LATE_MS = 1600;
const CRATED = "full-moon-jar";

export function watchCrateNote(view: HTMLElement): void {
	setTimeout(() => {
		const sums = view.querySelector(".sums");
		if (sums === null || view.querySelector(`[data-line^="${CRATED}:"]`) === null) return;
		const note = view.ownerDocument.createElement("p");
		note.id = "crate-note";
		note.className = "crate-note";
		note.textContent =
			"Full moon jars travel in a crate of their own, which Tobias nails together the evening before.";
		sums.before(note);
	}, LATE_MS);
}
