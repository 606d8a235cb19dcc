// Nodes of an ordinary page, as rrweb records them: nothing here may be lost to the scrubber.
import { type Attributes, element, type ForgedNode, text } from "./hostile-events.ts";

/** One transparent pixel. */
export const PIXEL =
	"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
export const VECTOR = `data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='20' height='10' fill='red'/></svg>`;
export const FONT = "data:font/woff2;base64,d09GMgABAAAAAAAA";

export const SHEET = `@charset "utf-8"; :root { --gap: 4px; --quote: "it's \\"quoted\\""; }
@font-face { font-family: "Inter Var"; src: local("Inter"), url(${FONT}) format("woff2"); }
@media (min-width: 100px) { .card:hover > a[href^="https://"]::after { content: "→ (new)"; } }
.hero { background: url("${PIXEL}") no-repeat, linear-gradient(red, blue); width: calc(100% - var(--gap)); }
.hero\\:wide, .bg-\\[url\\(x\\)\\] { mask: url(#clip); color: rgb(1, 2, 3); }
.icon { background-image: image-set(url("${PIXEL}") 1x, "${PIXEL}" type("image/gif") 2x); }
.logo { background: url( '${VECTOR.replaceAll("'", "\\'")}' ) }
/* url(https://a.example/in-a-comment.png) @import "x"; */
@supports (display: grid) { .grid { display: grid; grid-template-areas: "a b" "c d"; } }
@keyframes spin { to { transform: rotate(1turn) } }
p { filter: blur(2px) drop-shadow(0 0 1px #000); content: "\\201C"; unicode-range: U+26, U+0-7F, U+4??; }`;

const svg = (tagName: string, attributes: Attributes = {}, children: unknown[] = []) => ({
	...element(tagName, attributes, children),
	isSVG: true,
});

export function ordinaryHead(): ForgedNode[] {
	return [
		element("title", {}, [text("Shop")]),
		element("meta", { charset: "utf-8" }),
		element("meta", { name: "viewport", content: "width=device-width" }),
		element("meta", { name: "color-scheme", content: "light dark" }),
		element("style", {}, [text(SHEET)]),
		element(
			"style",
			{ media: "screen", _cssText: ".a { color: green }/* rr_split */.b { color: blue }" },
			[text(""), text("")],
		),
		element("link", {
			_cssText: `.c { color: teal; background: url(${PIXEL}) }`,
			media: "all",
		}),
	];
}

export function ordinaryNodes(): ForgedNode[] {
	return [
		element(
			"h1",
			{
				class: "hero bg-[url(x)]",
				id: "top",
				"data-testid": "title",
				"@click": "open",
				":class": "x",
			},
			[text("Shop — “bowls”")],
		),
		element("p", { style: "color: red; margin: 0 auto; background: url(#x)" }, [
			text("Use url(https://a.example) or @import in your CSS"),
		]),
		element("p", { class: "a", title: "onclick = run()", hidden: true }, [text("hidden")]),
		element(
			"a",
			{
				href: "https://shop.example/bowls?page=2#list",
				target: "_blank",
				rel: "noopener",
				download: "",
			},
			[text("Bowls")],
		),
		element("a", { href: "/cart" }, [text("Cart")]),
		element("a", { href: "#top" }, [text("Top")]),
		element("a", { href: "mailto:shop@shop.example" }, [text("Write")]),
		element("a", { href: "tel:+431234567" }, [text("Call")]),
		element("img", { src: PIXEL, alt: "A bowl (blue)", width: "20", height: "20", class: "b" }),
		element("img", { src: VECTOR, alt: "logo" }),
		element("img", { src: `${VECTOR.replace(";utf8", ";charset=utf-8")}`, loading: "lazy" }),
		element("form", { method: "post", class: "c" }, [
			element("label", { for: "mail" }, [text("E-mail")]),
			element("input", {
				type: "email",
				id: "mail",
				name: "mail",
				value: "•••••",
				placeholder: "you@…",
				required: true,
			}),
			element("select", {}, [element("option", { selected: true, value: "1" }, [text("One")])]),
			element("textarea", { rows: "3", value: "•••" }),
			element("input", { type: "checkbox", checked: true }),
			element("button", { type: "submit", disabled: false, "aria-label": "Send (now)" }, [
				text("Send"),
			]),
		]),
		svg("svg", { width: "24", height: "24", viewBox: "0 0 24 24", class: "icon" }, [
			svg("defs", {}, [
				svg("lineargradient", { id: "g" }, [svg("stop", { offset: "0", "stop-color": "red" })]),
				svg("symbol", { id: "cart" }, [svg("path", { d: "M0 0h9v9z" })]),
			]),
			svg("use", { href: "#cart" }),
			svg("use", { "xlink:href": "#cart" }),
			svg("rect", { width: "9", height: "9", fill: "url(#g)", "clip-path": "url('#clip')" }),
			svg("image", { href: PIXEL, width: "5", height: "5" }),
			svg("image", { href: VECTOR, width: "5", height: "5" }),
			svg("animate", { attributeName: "opacity", values: "0;1", from: "0", to: "1", dur: "1s" }),
			svg("style", {}, [text(".icon { stroke: none }")]),
		]),
		{
			...element("my-card", { variant: "wide", style: "display:block" }, [
				element("slot"),
				text("custom"),
			]),
			isCustom: true,
		},
		{
			...element("shop-badge", {}, [{ ...element("b", {}, [text("shadow")]), isShadow: true }]),
			isShadowHost: true,
		},
		element("video", {
			rr_mediaState: "paused",
			rr_mediaCurrentTime: 0,
			rr_mediaMuted: true,
			poster: PIXEL,
			width: "20",
		}),
		element("canvas", { rr_dataURL: PIXEL, width: "10", height: "10" }),
		element("div", { rr_width: "30px", rr_height: "10px", class: "blocked" }),
		element("table", { border: "1" }, [
			element("tbody", {}, [element("tr", {}, [element("td", { colspan: "2" }, [text("cell")])])]),
		]),
		element("map", { name: "m" }, [
			element("area", { href: "https://shop.example/a", shape: "rect", coords: "0,0,1,1" }),
		]),
		element("img", { src: PIXEL, usemap: "#m" }),
		{ type: 5, id: 700, textContent: " a comment with <script> in it " },
		element("ul", {}, [element("li", { value: 3 }, [text("three")])]),
	];
}
