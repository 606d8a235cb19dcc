// Documents that are not what documents usually are.
import type { HostCase } from "./host-page.ts";

export const DOCUMENT_CASES: readonly HostCase[] = [
	{
		name: "names the fields of a form as the DOM names its own",
		body: `<form id="f">${[
			"parentElement",
			"parentNode",
			"id",
			"attributes",
			"childNodes",
			"children",
			"nodeName",
			"tagName",
			"contains",
			"title",
			"style",
			"length",
			"action",
			"method",
			"target",
			"elements",
		]
			.map((name) => `<input name="${name}">`)
			.join(
				"",
			)}<button type="button" id="b">In the form</button></form><p id="p">Behind the form</p>`,
		act() {
			document.getElementById("b")?.click();
			document.getElementById("b")?.setAttribute("title", "x");
			document.getElementById("p")?.append("more");
			document.getElementById("b")?.parentNode?.append("in the form");
			return document.body.textContent;
		},
	},
	{
		name: "names a field of a form as the DOM names kinds of nodes",
		body: `<form><input name="nodeType"><button type="button" id="b">In the form</button></form><p id="p">Behind the form</p>`,
		act() {
			document.getElementById("b")?.click();
			document.getElementById("p")?.append("more");
			return document.body.textContent;
		},
	},
	{
		name: "names pictures as the document names its own",
		body: `<img name="body"><img name="documentElement"><img name="readyState"><img name="visibilityState"><img name="scrollingElement"><img name="defaultView"><p id="p">Text</p>`,
		act() {
			document.getElementById("p")?.append("more");
			document.dispatchEvent(new Event("scroll"));
			return document.getElementById("p")?.textContent;
		},
	},
	{
		name: "writes itself anew",
		act() {
			document.open();
			document.write("<!doctype html><title>New</title><p id=p>Written</p>");
			document.close();
			document.getElementById("p")?.append("more");
			return document.body.textContent;
		},
	},
	{
		name: "puts another root in the place of its own",
		act() {
			const root = document.createElement("html");
			root.innerHTML = "<head><title>Other</title></head><body><p>Other root</p></body>";
			document.replaceChild(root, document.documentElement);
			document.body.append("more");
			return document.body.textContent;
		},
	},
	{
		name: "takes its root away for a while",
		act() {
			const root = document.documentElement;
			root.remove();
			window.dispatchEvent(new Event("resize"));
			document.dispatchEvent(new Event("scroll"));
			document.dispatchEvent(new Event("visibilitychange"));
			return new Promise((resolve) => {
				setTimeout(() => {
					document.append(root);
					resolve(document.body.textContent);
				}, 300);
			});
		},
		isHard: true,
	},
	{
		name: "writes into frames of its own",
		act() {
			const log: unknown[] = [];
			for (let turn = 0; turn < 5; turn++) {
				const frame = document.body.appendChild(document.createElement("iframe"));
				const inside = frame.contentDocument;
				inside?.open();
				inside?.write(`<p>Inside ${turn}</p>`);
				inside?.close();
				log.push(inside?.body.textContent);
				const other = frame.contentWindow as (Window & typeof globalThis) | null;
				const style = inside?.head.appendChild(inside.createElement("style"));
				style?.sheet?.insertRule("p{color:red}");
				try {
					style?.sheet?.insertRule("no rule");
				} catch (error) {
					log.push((error as Error).name, other && error instanceof other.DOMException);
				}
				if (turn % 2) frame.remove();
			}
			return log;
		},
	},
	{
		name: "is nested 1,200 levels deep",
		act() {
			let at: Element = document.body;
			for (let level = 0; level < 1200; level++) {
				at = at.appendChild(document.createElement("div"));
			}
			at.textContent = "deepest";
			return new Promise((resolve) => {
				setTimeout(() => {
					at.append("more");
					document.body.firstElementChild?.remove();
					resolve(at.textContent);
				}, 200);
			});
		},
	},
	{
		name: "has odd names and broken characters",
		body: `<p id="p" @click="x" :key="y" [v]="z" (e)="1" #r *ngif="q" 0="0" a"b="c" <="d" é="e" on-x.y="1">\u{1F600}</p><odd:tag.name_1>odd</odd:tag.name_1>`,
		act() {
			const p = document.getElementById("p") as HTMLElement;
			const [high, low] = ["\ud83d", "\ude00"];
			p.append(high);
			p.append(low);
			p.setAttribute("data-lone", `${high}x`);
			p.title = low;
			p.append("\u0000\u2028\ufffe");
			document.title = high;
			return [...(p.textContent ?? "")].length;
		},
	},
	{
		name: "is in a sandboxed frame",
		body: `<iframe id="box" sandbox="allow-scripts" srcdoc="<p>Boxed</p><script>parent.postMessage(document.body.textContent, '*')</script>"></iframe>`,
		act: () => document.getElementById("box")?.getAttribute("sandbox"),
	},
	{
		name: "has a policy of nonces and Trusted Types that names ours",
		head: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'unsafe-inline' http://127.0.0.1:*; connect-src http://127.0.0.1:*; style-src 'nonce-x'; require-trusted-types-for 'script'; trusted-types snag">`,
		act() {
			const violations: string[] = [];
			addEventListener("securitypolicyviolation", (event) => {
				violations.push(event.violatedDirective);
			});
			const paragraph = document.getElementById("p") as HTMLElement;
			paragraph.style.color = "red";
			document.adoptedStyleSheets = [new CSSStyleSheet()];
			return new Promise((resolve) => setTimeout(() => resolve(violations), 300));
		},
	},
];
