// The style sheet of a generated page, of the kind that frameworks emit: a few rules lay the page out,
// most of the others never match anything, but a replayer has to read all of them.
import type { Words } from "./words.ts";

const LAYOUT = [
	"*{box-sizing:border-box;margin:0}",
	"body{font:13px/1.35 sans-serif;color:#222;background:#f5f6f8}",
	".bar{display:flex;gap:12px;padding:10px 16px;background:#24324a;color:#fff}",
	".bar output{margin-left:auto;font-weight:700}",
	".columns{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;padding:12px}",
	".list{list-style:none;padding:0;border:1px solid #d5d9e0;border-radius:6px;background:#fff}",
	".item{display:flex;flex-wrap:wrap;gap:6px;padding:6px 8px;border-bottom:1px solid #eceff3}",
	".item:hover{background:#eef4ff}",
	".item a{color:#1a56b0;flex:1 1 60%}",
	".item button{border:1px solid #9aa5b8;border-radius:4px;background:#fff}",
	".is-new{background:#f0fbf2}.is-late{background:#fff4e5}.is-done{color:#788}",
];
const PROPERTIES = [
	"margin-top:{n}px",
	"padding:{n}px {m}px",
	"color:#{h}",
	"background:#{h}",
	"border:1px solid #{h}",
	"width:{n}%",
	"font-size:{n}px",
	"transform:translate({n}px,{m}px)",
	"display:flex;align-items:center;gap:{n}px",
	"box-shadow:0 {n}px {m}px rgba(0,0,0,.2)",
	"transition:opacity .{n}s ease",
];

/** @param rules how many rules, those inside of media queries counted */
export function createStyleSheet(words: Words, rules: number): string {
	const layout = LAYOUT.join("\n");
	const own = (layout.match(/\{/g) ?? []).length;
	const rest = Array.from({ length: rules - own }, (_, index) => createRule(words, index));
	return `${layout}\n${rest.join("\n")}`;
}

function createRule(words: Words, index: number): string {
	const name = `${words.text(1)}-${index.toString(36)}`;
	const body = `{${createDeclaration(words)};${createDeclaration(words)}}`;
	const kind = words.number(0, 20);
	if (kind < 3) return `.${name}:hover${body}`;
	if (kind < 6)
		return `@media (min-width:${words.pick([640, 768, 1024, 1280])}px){.${name}${body}}`;
	if (kind < 9) return `.${words.text(1)}>.${name} span${body}`;
	return `.${name}${body}`;
}

function createDeclaration(words: Words): string {
	return words
		.pick(PROPERTIES)
		.replace("{n}", String(words.number(1, 48)))
		.replace("{m}", String(words.number(1, 48)))
		.replace("{h}", words.number(0x100000, 0xffffff).toString(16));
}
