// Copies a text and says so where the eye is.
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "./icon.tsx";

const SHOWN_MS = 2000;

interface CopyButtonProps {
	label: string;
	text: () => string;
	class?: string;
	/** So that a key can press it, with the same feedback. */
	button?: RefObject<HTMLButtonElement | null>;
}

export function CopyButton({ label, text, class: kind = "", button }: CopyButtonProps) {
	const state = useSignal<"idle" | "copied" | "refused">("idle");
	useEffect(() => {
		if (state.value === "idle") return;
		const timer = setTimeout(() => {
			state.value = "idle";
		}, SHOWN_MS);
		return () => clearTimeout(timer);
	}, [state, state.value]);
	const copy = async () => {
		state.value = (await copyText(text())) ? "copied" : "refused";
	};
	const said = { idle: label, copied: "Copied", refused: "Copy it by hand" }[state.value];
	return (
		<button
			type="button"
			class={`button ${kind}`}
			ref={button}
			onClick={copy}
			data-copied={state.value}
		>
			<Icon name={state.value === "copied" ? "check" : "copy"} />
			<span aria-live="polite">{said}</span>
		</button>
	);
}

/** @returns whether the text is on the clipboard; pages on plain HTTP have no clipboard API */
async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return copyBySelection(text);
	}
}

function copyBySelection(text: string): boolean {
	const field = document.createElement("textarea");
	field.value = text;
	document.body.append(field);
	field.select();
	const copied = document.execCommand("copy");
	field.remove();
	return copied;
}
