// Calls that the recorder stands around: they give and throw what they would without it, and others may
// stand around them too.
import type { HostCase } from "./host-page.ts";

export const CALL_CASES: readonly HostCase[] = [
	{
		name: "relies on what patched methods throw",
		act() {
			const log: unknown[] = [];
			const attempt = (act: () => unknown) => {
				try {
					log.push(["gave", String(act())]);
				} catch (error) {
					const { name, message, stack } = error as Error;
					const words = message.replace(/\/(?:case|bare)-\d+/g, "/page");
					log.push([name, words, /attempt/.test(stack ?? "")]);
				}
			};
			const style = document.head.appendChild(document.createElement("style"));
			const { sheet } = style;
			attempt(() => sheet?.insertRule("not a rule"));
			attempt(() => sheet?.insertRule("a{color:red}", 9));
			attempt(() => (sheet as unknown as { insertRule(): void }).insertRule());
			attempt(() => sheet?.insertRule("a{color:red}"));
			attempt(() => sheet?.addRule("b", "color:red"));
			attempt(() => sheet?.deleteRule(9));
			attempt(() => sheet?.replaceSync("a{}"));
			attempt(() => CSSStyleSheet.prototype.insertRule.call({} as CSSStyleSheet, "a{}"));
			attempt(() => new (CSSStyleSheet.prototype.insertRule as unknown as new () => unknown)());
			attempt(() => history.replaceState(null, "", "https://elsewhere.example/"));
			attempt(() => history.pushState(() => {}, ""));
			attempt(() => history.pushState.call({} as History, null, ""));
			attempt(() => (history as unknown as { pushState(): void }).pushState());
			const host = document.createElement("div");
			attempt(() => host.attachShadow({ mode: "open" }));
			attempt(() => host.attachShadow({ mode: "open" }));
			attempt(() => document.createElement("input").attachShadow({ mode: "open" }));
			attempt(() => host.attachShadow(undefined as unknown as ShadowRootInit));
			const rule = sheet?.cssRules[0] as CSSStyleRule;
			attempt(() => rule.style.setProperty("color", "blue"));
			attempt(() => rule.style.setProperty("nonsense", "x"));
			attempt(() => (rule.style as unknown as { setProperty(): void }).setProperty());
			attempt(() => rule.style.removeProperty("color"));
			attempt(() => {
				document.adoptedStyleSheets = 5 as unknown as CSSStyleSheet[];
			});
			attempt(() => {
				document.adoptedStyleSheets = [sheet as CSSStyleSheet];
			});
			return log;
		},
	},
	{
		name: "looks at the methods that the recorder stands around",
		act() {
			const names = ["insertRule", "deleteRule", "addRule", "removeRule", "replace", "replaceSync"];
			const hosts: [object, string[]][] = [
				[CSSStyleSheet.prototype, names],
				[CSSMediaRule.prototype, Object.getOwnPropertyNames(CSSMediaRule.prototype)],
				[CSSStyleDeclaration.prototype, ["setProperty", "removeProperty"]],
				[Element.prototype, ["attachShadow"]],
				[History.prototype, ["pushState", "replaceState"]],
				[Document.prototype, ["adoptedStyleSheets"]],
				[ShadowRoot.prototype, ["adoptedStyleSheets"]],
			];
			return hosts.map(([host, names]) =>
				names.map((name) => {
					const { value, get, set, ...rest } = Object.getOwnPropertyDescriptor(host, name) ?? {};
					const made = [value, get, set].filter((one) => typeof one === "function");
					const about = made.map((one) => [
						...[one.name, one.length, "prototype" in one, String(one).includes("[native code]")],
					]);
					return [name, rest, about];
				}),
			);
		},
	},
	{
		name: "puts its own around a method and takes it away again",
		before: () => {
			const { prototype } = CSSStyleSheet;
			const native = prototype.insertRule;
			Object.assign(window, { counted: 0, native });
			prototype.insertRule = function (...args) {
				(window as unknown as { counted: number }).counted++;
				return native.apply(this, args);
			};
		},
		act() {
			const { prototype } = CSSStyleSheet;
			const shared = window as unknown as { counted: number; native: typeof prototype.insertRule };
			const { sheet } = document.head.appendChild(document.createElement("style"));
			sheet?.insertRule("a{}");
			const between = prototype.insertRule;
			prototype.insertRule = function (rule, index) {
				return between.call(this, rule.replace("a", "i"), index);
			};
			sheet?.insertRule("a{}");
			prototype.insertRule = between;
			sheet?.insertRule("b{}");
			// The first one takes itself away and everybody else with it.
			prototype.insertRule = shared.native;
			sheet?.insertRule("u{}");
			return [shared.counted, ...(sheet?.cssRules ?? [])].map((rule) =>
				typeof rule === "number" ? rule : rule.cssText,
			);
		},
	},
	{
		name: "breaks apply and call of functions",
		before: () => {
			Object.assign(window, { kept: [Function.prototype.apply, Function.prototype.call] });
		},
		act() {
			const { kept } = window as unknown as { kept: [() => never, () => never] };
			const { sheet } = document.head.appendChild(document.createElement("style"));
			const broken = () => {
				throw new Error("broken");
			};
			Function.prototype.apply = broken;
			Function.prototype.call = broken;
			sheet?.insertRule("a{}");
			history.pushState(1, "");
			document.createElement("div").attachShadow({ mode: "open" });
			[Function.prototype.apply, Function.prototype.call] = kept;
			return [sheet?.cssRules.length, history.state];
		},
	},
	{
		name: "has getters where methods were",
		before: () => {
			for (const [host, name] of [
				[CSSStyleSheet.prototype, "insertRule"],
				[History.prototype, "pushState"],
				[Element.prototype, "attachShadow"],
			] as [object, string][]) {
				const { value } = Object.getOwnPropertyDescriptor(host, name) ?? {};
				Object.defineProperty(host, name, { get: () => value, configurable: true });
			}
		},
		act() {
			const { sheet } = document.head.appendChild(document.createElement("style"));
			sheet?.insertRule("a{color:red}");
			history.pushState({ step: 1 }, "");
			const root = document.createElement("div").attachShadow({ mode: "open" });
			return [sheet?.cssRules.length, history.state, root.mode];
		},
	},
];

/** Of one kind each; they differ in nothing else. */
export const FROZEN_CASES: readonly HostCase[] = [
	["style sheets", "CSSStyleSheet"],
	["history", "History"],
	["elements", "Element"],
	["event targets", "EventTarget"],
	["documents", "Document"],
	["style declarations", "CSSStyleDeclaration"],
	["lists", "Array"],
	["objects", "Object"],
].map(
	([what, name]): HostCase => ({
		name: `has frozen the prototype of ${what}`,
		head: `<script>Object.freeze(${name}.prototype)</script>`,
		act() {
			const { sheet } = document.head.appendChild(document.createElement("style"));
			sheet?.insertRule("a{color:red}");
			((sheet as CSSStyleSheet).cssRules[0] as CSSStyleRule).style.setProperty("color", "blue");
			history.pushState({ step: 1 }, "");
			const root = document.createElement("div").attachShadow({ mode: "open" });
			document.adoptedStyleSheets = [new CSSStyleSheet()];
			document.querySelector("p")?.append("more");
			const { snag } = window as unknown as { snag?: { stop(): void; start(): void } };
			snag?.stop();
			snag?.start();
			return [sheet?.cssRules[0]?.cssText, history.state, root.mode];
		},
	}),
);
