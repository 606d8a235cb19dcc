// A keyframe as it is stored → its events, with the long texts in their places, and harmless.
import { resolveTexts } from "../../protocol/shared-texts.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";

/** @returns nothing where it cannot be read */
export function resolveKeyframe(
	text: string,
	textOf: (index: number) => string | undefined,
): RawEvent[] {
	try {
		return scrubEvents(resolveTexts(JSON.parse(text), textOf)).events;
	} catch {
		return [];
	}
}
