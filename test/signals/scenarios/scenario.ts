// A labelled scenario: a page of the fixture site, what a visitor does there, and what must be found, written down before
// anybody looks at what is. Whatever else is found is a false alarm, of whichever kind; `may` is for what is true
// beside the point (the presses of a burst are dead, too), never for what was found by mistake.
import type { SignalKind } from "../../../signals/signal.ts";
import type { Made } from "../made-session.ts";
import type { Visitor } from "./visitor.ts";

/** Help that was sought is no signal of its own: it marks an episode. */
export type Label = SignalKind | "help_after";

export interface Expected {
	kind: Label;
	/** Test id or words of the element; left out where the kind has none. */
	on?: string;
	/** What the visitor marked when it began; presses mark themselves by their element. */
	at?: string;
	/** Where facts know the instant less well than the visitor does. */
	withinMs?: number;
}

export interface Scenario {
	/** Words with dashes; also where its pages stand. */
	name: string;
	/** Path → what is in the body; "" is where the visit begins. */
	pages: Readonly<Record<string, string>>;
	visit(visitor: Visitor): Promise<void>;
	must?: readonly Expected[];
	may?: readonly Pick<Expected, "kind" | "on">[];
	/** What it is made to be mistaken for. */
	trapOf?: readonly Label[];
	device?: "desktop" | "phone";
	/** A clock that ticks each second, and a request every two. */
	ticks?: boolean;
	/** The page itself is not recorded. */
	isFactsOnly?: boolean;
	/** What the site's other sessions did on these pages, for what is only unusual beside them. */
	others?: (made: Made, person: number) => void;
}

/** A wire from script to markup: `on("buy", () => …)`, `say("Done")`, `ask(2000)`. */
const SCRIPT = `
const find = (id) => document.querySelector('[data-testid="' + id + '"]');
const on = (id, act, type = "click") => find(id).addEventListener(type, act);
const say = (text, where = "out") => { find(where).append(Object.assign(document.createElement("p"), { textContent: text })) };
const ask = (ms, status = 200) => fetch("/api?ms=" + ms + "&status=" + status, { cache: "no-store" });
const after = (ms, act) => setTimeout(act, ms);
`;
const TICKER = `<aside><section><div><p><b data-testid="clock">0</b></p></div></section></aside><script>
let ticks = 0;
setInterval(() => { find("clock").textContent = ++ticks }, 1000);
setInterval(() => fetch("/api/poll"), 2000);
</script>`;
const STYLE =
	"body{margin:0;font:16px sans-serif}main{padding:24px;min-height:700px}button,a,input,select,summary{font:inherit;margin:4px;padding:8px}";

/** The document of a page; the answers of `say` come far from what is pressed. */
export function pageOf(body: string, { ticks = false }: Pick<Scenario, "ticks"> = {}): string {
	return `<!doctype html><html lang="en"><head><title>Fixture</title>
<meta name="viewport" content="width=device-width,initial-scale=1">{{script}}<style>${STYLE}</style>
<script>${SCRIPT}</script></head><body>${body}
<footer><section><div><div data-testid="out"></div></div></section></footer>${ticks ? TICKER : ""}</body></html>`;
}

/** Deep enough that nothing else is near. */
export function main(inner: string, script = ""): string {
	return `<main><section><div><div><p>${inner}</p></div></div></section></main>${script && `<script>addEventListener("DOMContentLoaded",()=>{${script}})</script>`}`;
}

export function button(id: string, text: string, attributes = ""): string {
	return `<button type="button" data-testid="${id}" ${attributes}>${text}</button>`;
}
