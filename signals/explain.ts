// A signal in one sentence, with the numbers that it was judged by. It says what was done and what came of it, never
// what anybody felt: "took unusually long", not "was confused".
import type { Signal } from "./signal.ts";

export function explain(signal: Signal): string {
	const where = signal.element === undefined ? "" : ` on ${nameOf(signal)}`;
	const { numbers: n, verdict } = signal;
	const of = (name: string) => n[name] ?? 0;
	switch (signal.kind) {
		case "rage":
			return `${count(of("presses"), "press", "presses")} in ${seconds(of("ms"))}${where}, ${answers(signal)}`;
		case "rage_key":
			return `${count(of("presses"), "key press", "key presses")} in ${seconds(of("ms"))}${where}, ${answers(signal)}`;
		case "dead":
			return `A press${where}, and nothing came of it in ${seconds(of("watchedMs"))}`;
		case "dead_disabled":
			return verdict === "left"
				? `A press${where}, which was switched off, and the page was left`
				: `${count(of("presses"), "press", "presses")} in ${seconds(of("ms"))}${where}, which was switched off`;
		case "dead_static":
			return `A press${where}, which does nothing`;
		case "dead_swipe":
			return `A swipe of ${of("pixels")} px${where}, and nothing moved`;
		case "slow":
			return verdict === "no answer"
				? `A press${where} asked the server, and nothing showed in ${seconds(of("ms"))}`
				: `A press${where} was answered after ${seconds(of("ms"))}`;
		case "slow_input":
			return `The page was stuck for ${of("ms")} ms after a press${where}`;
		case "error":
			return verdict === "request"
				? `A press${where}, and ${of("afterMs")} ms later a request that was answered ${of("status")}`
				: `A press${where}, and ${of("afterMs")} ms later an error of the page`;
		case "shift":
			return `A press${where}, which had moved by ${of("pixels")} px just before`;
		case "mis_tap":
			return `A tap${where}, undone, and another ${of("pixels")} px beside it ${seconds(of("ms"))} later`;
		case "reload":
			return verdict === "again"
				? `${count(of("times"), "reload", "reloads")} in ${seconds(of("ms"))}`
				: `A reload right after trouble on the page`;
		case "quick_back":
			return `Back from the page after ${seconds(of("ms"))}, with nothing done there`;
		case "loop":
			return `The same page ${of("visits")} times within ${of("views")} page views, and none of them new`;
		case "hesitation":
		case "field_slow":
			return `${seconds(of("ms"))} ${TIMES[verdict] ?? "passed"}${where}; ${seconds(of("usualMs"))} are usual`;
		case "correction":
			return verdict === "refilled"
				? `A field emptied and filled again ${of("emptied")} times:${where.slice(3)}`
				: `${of("deletions")} deletions for ${of("insertions")} insertions in${where.slice(3)}`;
		case "validation_loop":
			return `${count(of("refusals"), "refusal", "refusals")} of ${verdict === "form" ? "the form" : "the field"}${where.slice(3)} in ${seconds(of("ms"))}`;
		case "blank_submit":
			return `Sent with${where.slice(3)} untouched, and refused because of it`;
		case "form_abandon":
			if (verdict === "begun")
				return `Left with ${count(of("fields"), "field", "fields")} of a form filled in, last${where.slice(3)}`;
			return `Left after ${count(of("tries"), "attempt", "attempts")} to send a form that refused, last at${where.slice(3)}`;
		case "thrash":
			return `The pointer turned back ${of("turns")} times in ${seconds(of("ms"))}`;
		case "dither":
			return `The pointer came to rest ${of("entries")} times${where} in ${seconds(of("ms"))}, without a press`;
		case "scroll_hunt":
			return `Scrolled back and forth ${of("turns")} times in ${seconds(of("ms"))}`;
		case "zoom":
			return verdict === "again"
				? `Zoomed in ${of("times")} times within seconds, to ${of("percent")} %`
				: `Zoomed in to ${of("percent")} %`;
	}
}

const TIMES: Readonly<Record<string, string>> = {
	press: "of resting before a press",
	field: "before the first input",
	"field-active": "of writing",
};

/** What it is called, else what it is. */
function nameOf({ element }: Signal): string {
	const { text = "", role = "", tag = "" } = element ?? {};
	if (text !== "") return `“${text}”`;
	return `a ${role || tag || "element"} without a name`;
}

function answers({ verdict, numbers }: Signal): string {
	const { answered = 0, presses = 0, told = presses } = numbers;
	if (verdict === "error") return "and the page broke";
	if (told === 0) return "more than anybody does";
	// Of some nobody can tell: what was pressed before the recorder was there, or opens another program.
	const of = told < presses ? ` of ${told}` : "";
	if (answered === 0) return `none${of} answered`;
	if (answered === told) return `all${of} answered, and longer than anybody does`;
	return `${answered}${of} answered`;
}

function count(number: number, one: string, many: string): string {
	return `${number} ${number === 1 ? one : many}`;
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}
