// Pages that take globals away or put their own in their places, before the recorder is there and after.
import type { HostCase } from "./host-page.ts";

/** Does a little of everything that is recorded. */
function live(): unknown {
	const paragraph = document.getElementById("p");
	paragraph?.append("more");
	paragraph?.setAttribute("class", "changed");
	const { sheet } = document.head.appendChild(document.createElement("style"));
	sheet?.insertRule("a{color:red}");
	history.pushState({ step: 1 }, "", "#step");
	document.getElementById("b")?.click();
	document.dispatchEvent(new Event("visibilitychange"));
	window.dispatchEvent(new Event("resize"));
	return [paragraph?.textContent, history.state, sheet?.cssRules.length];
}

const deleted = (name: string, hears: HostCase["hears"]): HostCase => ({
	name: `has no ${name}`,
	head: `<script>delete window.${name};${name.includes(".") ? "" : `window.${name} = undefined;`}</script>`,
	act: live,
	hears,
	isHard: true,
});

const broken = (what: string, code: string, hears: HostCase["hears"] = "document"): HostCase => ({
	name: `has ${what} of its own that throws, from the beginning`,
	head: `<script>${code}</script>`,
	act: live,
	hears,
	isHard: true,
});

/** The page breaks it once it is recorded, and lives on. */
const breaks = (what: string, hosts: () => [host: object, name: string][]): HostCase => ({
	name: `puts a ${what} that throws over the browser's`,
	head: `<script>window.hosts = ${String(hosts)}; window.live = ${String(live)}</script>`,
	act() {
		const page = window as unknown as {
			hosts: () => [object, string][];
			live: () => unknown;
		};
		const before = page.hosts().map(([host, name]) => {
			const descriptor = Object.getOwnPropertyDescriptor(host, name);
			const value = () => {
				throw new Error("the page's own");
			};
			Object.defineProperty(host, name, { value, configurable: true, writable: true });
			return [host, name, descriptor] as const;
		});
		document.getElementById("p")?.append("meanwhile");
		document.getElementById("b")?.click();
		document.dispatchEvent(new Event("visibilitychange"));
		window.dispatchEvent(new PointerEvent("pointerdown"));
		const { sheet } = document.head.appendChild(document.createElement("style"));
		sheet?.insertRule("a{color:red}");
		return new Promise((resolve) => {
			const channel = new MessageChannel();
			let turns = 0;
			channel.port1.onmessage = () => {
				if (turns++ < 3000) channel.port2.postMessage(0);
				else {
					for (const [host, name, descriptor] of before) {
						Reflect.deleteProperty(host, name);
						if (descriptor) Object.defineProperty(host, name, descriptor);
					}
					resolve(page.live());
				}
			};
			channel.port2.postMessage(0);
		});
	},
	hears: "document",
	isHard: true,
});

export const GLOBAL_CASES: readonly HostCase[] = [
	deleted("MutationObserver", "facts"),
	deleted("IntersectionObserver", "document"),
	deleted("PerformanceObserver", "document"),
	deleted("requestIdleCallback", "document"),
	deleted("CompressionStream", "document"),
	deleted("Response", "document"),
	deleted("AbortController", "nothing"),
	deleted("fetch", "nothing"),
	deleted("performance", "nothing"),
	deleted("crypto", "nothing"),
	deleted("TextEncoder", "nothing"),
	deleted("CSSStyleSheet", "document"),
	deleted("visualViewport", "document"),
	deleted("WeakMap", "nothing"),
	deleted("navigator.sendBeacon", "document"),
	broken("JSON", 'JSON.stringify = () => { throw new Error("no") }', "nothing"),
	broken("fetch", 'window.fetch = () => { throw new Error("no") }', "nothing"),
	broken("observer", "window.MutationObserver = class { constructor() { throw 1 } }", "facts"),
	broken("clock", 'performance.now = () => { throw new Error("no") }', "nothing"),
	broken("date", 'Date.now = () => { throw new Error("no") }', "nothing"),
	broken("timers", 'window.setTimeout = () => { throw new Error("no") }', "nothing"),
	{
		name: "has storage that throws and a policy without inline scripts",
		head: `<script>for (const name of ["localStorage", "sessionStorage"])
			Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });</script>`,
		act: live,
	},
	{
		name: "gives lists a way of their own into JSON",
		head: `<script>Array.prototype.toJSON = function () { return "[" + this.map(JSON.stringify).join() + "]"; };</script>`,
		act: () => [JSON.stringify([1, "a"]), JSON.stringify({ a: [1] })],
	},
	breaks("fetch", () => [[window, "fetch"]]),
	breaks("JSON", () => [[JSON, "stringify"]]),
	breaks("clock", () => [
		[performance, "now"],
		[Date, "now"],
	]),
	breaks("timer", () => [
		[window, "setTimeout"],
		[window, "clearTimeout"],
		[window, "requestIdleCallback"],
	]),
	breaks("microtask", () => [[window, "queueMicrotask"]]),
	breaks("promise", () => [[Promise.prototype, "then"]]),
	breaks("search", () => [
		[Element.prototype, "matches"],
		[Element.prototype, "closest"],
		[Document.prototype, "querySelectorAll"],
	]),
	breaks("attribute", () => [
		[Element.prototype, "getAttribute"],
		[Element.prototype, "hasAttribute"],
	]),
	breaks("list", () => [
		[Array.prototype, "filter"],
		[Array.prototype, "flatMap"],
		[Array.prototype, "includes"],
	]),
	breaks("map", () => [
		[Map.prototype, "get"],
		[Set.prototype, "add"],
		[WeakMap.prototype, "get"],
	]),
	{
		name: "stops the clock, as tests of pages do",
		act() {
			const real = Date.now;
			Date.now = () => 0;
			document.getElementById("p")?.append("at no time");
			document.getElementById("b")?.click();
			Date.now = real;
			return document.getElementById("p")?.textContent;
		},
	},
];
