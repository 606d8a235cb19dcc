// Long texts (style sheets, data URLs) stand in every keyframe of a page. They are stored once per
// recording; in the keyframe stands U+0000 and the number of the text instead. A text that begins with
// U+0000 of its own gets one more in front, so that nothing a page says is taken for a number.
import { SHARED_TEXT_CHARS } from "./limits.ts";
import { RecordingError } from "./recording.ts";

const MARK = "\u0000";

/**
 * @param value made of JSON only, left as it is
 * @param numberOf the number of a long text, a new one where it was not seen before
 * @returns the JSON of the value with numbers for its long texts, and those numbers, each once
 */
export function shareTexts(
	value: unknown,
	numberOf: (text: string) => number,
): { json: string; texts: number[] } {
	const texts = new Set<number>();
	const json = JSON.stringify(value, (_, each: unknown) => {
		if (typeof each !== "string") return each;
		if (each.length < SHARED_TEXT_CHARS) return each.startsWith(MARK) ? MARK + each : each;
		const number = numberOf(each);
		texts.add(number);
		return `${MARK}${number}`;
	});
	return { json, texts: [...texts] };
}

/**
 * Puts the texts back, in place.
 * @param value fresh from the JSON of `shareTexts`
 * @throws RecordingError where a text is missing
 */
export function resolveTexts<T>(value: T, textOf: (number: number) => string | undefined): T {
	return resolve(value, textOf) as T;
}

function resolve(value: unknown, textOf: (number: number) => string | undefined): unknown {
	if (typeof value === "string") return resolveText(value, textOf);
	if (typeof value !== "object" || value === null) return value;
	const fields = value as Record<string, unknown>;
	for (const name of Object.keys(fields)) {
		const each = fields[name];
		if (typeof each === "object") resolve(each, textOf);
		// Most texts are none of ours; writing back is what costs.
		else if (typeof each === "string" && each.startsWith(MARK)) {
			fields[name] = resolveText(each, textOf);
		}
	}
	return value;
}

function resolveText(text: string, textOf: (number: number) => string | undefined): string {
	if (!text.startsWith(MARK)) return text;
	if (text.startsWith(MARK, 1)) return text.slice(1);
	const found = /^\d{1,9}$/.test(text.slice(1)) ? textOf(Number(text.slice(1))) : undefined;
	if (found === undefined) throw new RecordingError("a shared text of a keyframe is missing");
	return found;
}
