// One table per screen says which keys do what; the handler and the help sheet are made of it.
import { useEffect } from "preact/hooks";
import { useApp } from "../context.ts";

export interface KeyBinding {
	/** `KeyboardEvent.key`, with `shift+` before it where that matters. */
	keys: readonly string[];
	/** How the help sheet writes the keys, where their names are not enough. */
	shown?: readonly string[];
	does: string;
	run: (event: KeyboardEvent) => void;
}

const NAMES: Record<string, string> = {
	" ": "Space",
	ArrowLeft: "←",
	ArrowRight: "→",
	ArrowUp: "↑",
	ArrowDown: "↓",
	"shift+ArrowLeft": "⇧ ←",
	"shift+ArrowRight": "⇧ →",
};

/** Makes a screen's keys work while it is shown. */
export function useKeys(bindings: readonly KeyBinding[]): void {
	const { keys } = useApp();
	useEffect(() => {
		keys.value = bindings;
		return () => {
			if (keys.value === bindings) keys.value = [];
		};
	}, [keys, bindings]);
}

/** @returns stops listening */
export function watchKeys(target: Document, bindings: () => readonly KeyBinding[]): () => void {
	const listen = (event: KeyboardEvent) => {
		if (event.defaultPrevented || isTaken(event)) return;
		const binding = findBinding(bindings(), event);
		if (binding === undefined) return;
		event.preventDefault();
		binding.run(event);
	};
	target.addEventListener("keydown", listen);
	return () => target.removeEventListener("keydown", listen);
}

/** Letters and signs carry their own shift (`?`, `<`); named keys say whether they want it. */
export function findBinding(
	bindings: readonly KeyBinding[],
	{ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
): KeyBinding | undefined {
	const name = shiftKey && key.length > 1 ? `shift+${key}` : key;
	return bindings.find(({ keys }) => keys.includes(name));
}

export function showKeys({ keys, shown }: KeyBinding): readonly string[] {
	return shown ?? keys.map((key) => NAMES[key] ?? key);
}

/** Keys that belong to what has the focus: typing, and pressing the focused button or link. */
function isTaken({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
	if (ctrlKey || metaKey || altKey) return true;
	if (!(target instanceof HTMLElement)) return false;
	if (target.closest("dialog")) return true;
	if (target.closest("input, select, textarea, [contenteditable]")) return true;
	return (key === " " || key === "Enter") && target.closest("button, a, summary") !== null;
}
