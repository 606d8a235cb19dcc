// A short name for a text: equal texts have the same, and nobody reads the text in it.
import { crc32Bitwise } from "./crc32-bitwise.ts";

export function hashText(text: string): string {
	return crc32Bitwise(new TextEncoder().encode(text)).toString(36);
}
