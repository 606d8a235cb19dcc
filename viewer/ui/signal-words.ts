// What kinds of friction are called, in a few words; sentences with numbers come from the server.
import type { SignalKind } from "../../signals/signal.ts";

const WORDS: Readonly<Record<SignalKind, string>> = {
	error: "Error",
	validation_loop: "Refused again and again",
	rage: "Rage presses",
	rage_key: "Rage keys",
	dead: "Dead press",
	dead_disabled: "Switched off",
	dead_swipe: "Dead swipe",
	dead_static: "Not a control",
	slow: "Slow answer",
	slow_input: "Page stuck",
	shift: "Moved away",
	mis_tap: "Mis-tap",
	reload: "Reload",
	form_abandon: "Form given up",
	blank_submit: "Sent blank",
	correction: "Corrections",
	quick_back: "Quick back",
	loop: "Going in circles",
	hesitation: "Hesitation",
	field_slow: "Slow field",
	dither: "Back and forth",
	zoom: "Zoom",
	thrash: "Restless pointer",
	scroll_hunt: "Searching by scrolling",
};

/** @param kind as the server names it; one that this viewer does not know is read as it stands */
export function nameSignal(kind: string): string {
	return WORDS[kind as SignalKind] ?? kind.replaceAll("_", " ");
}

export type Gravity = "high" | "middle" | "low";

/** @param severity in [0, 1) */
export function gravityOf(severity: number): Gravity {
	if (severity >= 0.5) return "high";
	return severity >= 0.25 ? "middle" : "low";
}
