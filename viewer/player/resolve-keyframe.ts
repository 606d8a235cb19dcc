// A keyframe as it is stored → its events, with the long texts in their places, and harmless.
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";

const MARK = "\0";

/** @returns nothing where it cannot be read */
export function resolveKeyframe(text: string, textOf: (index: number) => string): RawEvent[] {
	try {
		return scrubEvents(resolve(JSON.parse(text), textOf)).events;
	} catch {
		return [];
	}
}

function resolve(value: unknown, textOf: (index: number) => string): unknown {
	if (typeof value === "string") {
		if (!value.startsWith(MARK)) return value;
		return value.startsWith(MARK, 1) ? value.slice(1) : textOf(Number(value.slice(1)));
	}
	if (typeof value !== "object" || value === null) return value;
	for (const [key, part] of Object.entries(value)) {
		const resolved = resolve(part, textOf);
		if (resolved !== part) (value as Record<string, unknown>)[key] = resolved;
	}
	return value;
}
