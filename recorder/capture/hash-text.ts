// A short name for a text: equal texts have the same, and nobody reads the text in it.
import { crc32 } from "../../protocol/crc32.ts";

export function hashText(text: string): string {
	return crc32(new TextEncoder().encode(text)).toString(36);
}
