// Numbers, times and names as people read them. Pure; the present comes in.

const LOCALE = "en-GB";
const counts = new Intl.NumberFormat(LOCALE);
const ago = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto", style: "short" });
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "medium" });
const languages = new Intl.DisplayNames("en", { type: "language" });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 272000 → `4:32`, 3723000 → `1:02:03`. */
export function formatDuration(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const two = (value: number) => String(value).padStart(2, "0");
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	const rest = two(seconds % 60);
	return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** 95000 → `1 minute 35 seconds`: a time that is read aloud. */
export function formatSpoken(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const parts = [
		[Math.floor(seconds / 3600), "hour"],
		[Math.floor(seconds / 60) % 60, "minute"],
		[seconds % 60, "second"],
	] as const;
	const said = parts.filter(([value]) => value > 0).map(([value, unit]) => plural(value, unit));
	return said.length > 0 ? said.join(" ") : "0 seconds";
}

/** How long ago, coarse within a day, then the date. */
export function formatAgo(at: number, now: number): string {
	const passed = now - at;
	if (passed < 10_000) return "just now";
	if (passed < MINUTE) return ago.format(-Math.floor(passed / 1000), "second");
	if (passed < HOUR) return ago.format(-Math.floor(passed / MINUTE), "minute");
	if (passed < 12 * HOUR) return ago.format(-Math.floor(passed / HOUR), "hour");
	if (passed < 300 * DAY) return `${day.format(at)}, ${clock.format(at)}`;
	return `${day.format(at)} ${new Date(at).getFullYear()}`;
}

export function formatClock(at: number): string {
	return clock.format(at);
}

/** `23 Nov`. */
export function formatShort(at: number): string {
	return day.format(at);
}

export function formatExact(at: number): string {
	return exact.format(at);
}

export function formatCount(value: number): string {
	return counts.format(value);
}

/** `1 press`, `1,204 presses`. */
export function plural(value: number, one: string, many = `${one}s`): string {
	return `${counts.format(value)} ${value === 1 ? one : many}`;
}

export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `de-CH` → `Swiss High German`; what is no language tag stays as it came. */
export function formatLanguage(tag: string): string {
	try {
		return languages.of(tag) ?? tag;
	} catch {
		return tag;
	}
}

/** Ids are random: their first six digits are enough to tell two visitors apart on a screen. */
export function formatVisitor(id: string): string {
	return id.slice(0, 6);
}

/** 3 of 8 → `38 %`; of nothing there is no share. */
export function formatShare(part: number, whole: number): string {
	if (whole === 0) return "–";
	const percent = (part / whole) * 100;
	if (percent > 0 && percent < 1) return "<1 %";
	return `${Math.round(percent)} %`;
}

/** 0.0043 → `0.4 %`: a share that is small as a rule. */
export function formatPercent(share: number): string {
	const percent = share * 100;
	if (percent > 0 && percent < 0.05) return "<0.1 %";
	return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** 0.25, 0.75 → `25–75 %`. */
export function formatRange(lower: number, upper: number): string {
	const of = (share: number) => formatPercent(share).replace(/ %$/, "");
	return `${of(lower)}–${of(upper)} %`;
}
