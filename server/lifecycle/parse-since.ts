// From when on, as people say it: `7d`, `12h`, `2026-11-01`, `2026-11-01T09:00Z`, epoch ms.
const HOUR_MS = 60 * 60 * 1000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS };

/** @returns epoch ms; undefined where the text says no time */
export function parseSince(text: string, now: number): number | undefined {
	if (/^\d{9,16}$/.test(text)) return Number(text);
	const [, count, unit = ""] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
	if (count !== undefined) return Math.max(0, now - Number(count) * (UNITS[unit] ?? 0));
	const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
	return at >= 0 ? at : undefined;
}
