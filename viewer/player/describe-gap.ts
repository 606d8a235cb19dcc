// What is missing in a gap, in words.
import type { Gap } from "../../protocol/api.ts";
import { formatDuration, plural } from "../ui/format.ts";

export function describeGap(gap: Gap): string {
	const [from, to] = [formatDuration(gap.from), formatDuration(gap.to)];
	const when = from === to ? `at ${from}` : `between ${from} and ${to}`;
	return `${plural(countMissing(gap), "part")} missing ${when}`;
}

export function countMissing({ first, last }: Gap): number {
	return last - first + 1;
}
