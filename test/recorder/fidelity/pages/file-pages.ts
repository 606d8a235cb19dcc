// Pages that are drawn with files: sheets that import one another, fonts, pictures in every place that a
// picture can have. Each file has a colour or a size, so that one that is missing is seen.
import { createSquareFont } from "../../../support/square-font.ts";
import type { FidelityPage } from "../fidelity-page.ts";

const picture = (colour: string, size = 40) => ({
	type: "image/svg+xml",
	body: `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="${colour}"/></svg>`,
});
const css = (body: string) => ({ type: "text/css", body });
/** Later than whatever names it is told. */
const late = (body: string) => ({ ...css(body), lateMs: 400 });
const comes = (element: string) =>
	`await new Promise((done) => ${element}.addEventListener('load', done))`;
const font = { type: "font/ttf", body: createSquareFont() };
const loaded = [
	"await document.fonts.ready",
	"await Promise.all([...document.images].map((one) => one.decode().catch(() => undefined)))",
	"rest",
];

export const filePages: readonly FidelityPage[] = [
	{
		name: "sheets of files that import one another under conditions",
		html: "<!doctype html><html><head><title>x</title><link rel=stylesheet href=/css/main.css?v=1></head><body><main id=root><p class=a>a</p><p class=b>b</p><p class=c>c</p><p class=d>d</p></main></body></html>",
		files: {
			"/css/main.css": css(
				"@import 'screen.css' screen; @import url(print.css) print; @import url('deep/layer.css') layer(base) supports(display: grid); p { margin: 4px; height: 20px }",
			),
			"/css/screen.css": css(".a { background: rgb(9, 99, 9) }"),
			"/css/print.css": css(".b { background: rgb(200, 9, 9); display: none }"),
			"/css/deep/layer.css": css(
				"@import '../more.css'; .c { background: url(/css/deep/pic.svg) }",
			),
			"/css/more.css": css(".d { background: rgb(9, 9, 200) }"),
			"/css/deep/pic.svg": picture("orange"),
		},
		steps: [
			...loaded,
			"root.append(root.firstChild.cloneNode(true))",
			"root.insertAdjacentHTML('beforeend', '<p class=c>late</p>')",
			...loaded,
		],
	},
	{
		name: "a style that imports under conditions",
		html: "<!doctype html><html><head><title>x</title><style>@import url(/print.css) print; @import '/wide.css' (min-width: 1px); @import '/layer.css' layer(low); p { height: 20px }</style></head><body><main id=root><p class=a>a</p><p class=b>b</p><p class=c>c</p></main></body></html>",
		files: {
			"/print.css": css(".a { display: none }"),
			"/wide.css": css(".b { background: teal }"),
			"/layer.css": css(".c { background: gold } p { height: 60px }"),
		},
		steps: [...loaded, "root.append(root.firstChild.cloneNode(true))", "rest"],
	},
	{
		name: "fonts of files",
		html: "<!doctype html><html><head><title>x</title><style>@font-face { font-family: Square; src: url('/font.ttf?x=1') } @font-face { font-family: Late; src: url(/late.ttf) format('truetype') } p { font: 30px/1 Square; color: teal }</style></head><body><main id=root><p>AAA</p></main></body></html>",
		files: { "/font.ttf": font, "/late.ttf": font },
		steps: [
			...loaded,
			"root.insertAdjacentHTML('beforeend', '<p style=\"font-family: Late; color: brown\">AAAAA</p>')",
			...loaded,
			"root.lastChild.textContent = 'AA'",
			"rest",
		],
	},
	{
		name: "pictures of files in every place",
		html: "<!doctype html><html><head><title>x</title><style>.back { width: 50px; height: 50px; background: url(/back.svg) } .before::before { content: url(/before.svg) } li { list-style-image: url(/bullet.svg) }</style></head><body><main id=root><img src=/one.svg><picture><source srcset='/wide.svg 1x' media='(min-width: 1px)'><img src=/narrow.svg></picture><img srcset='/small.svg 40w, /large.svg 400w' sizes=40px><div class=back></div><p class=before>x</p><ul><li>a</ul><div id=own style='background: url(/own.svg); height: 30px'></div><svg width=50 height=50><image href=/drawn.svg width=50 height=50 /></svg><video poster=/poster.svg width=60 height=60></video></main></body></html>",
		files: Object.fromEntries(
			[
				..."one wide narrow small large back before bullet own drawn poster late next chosen".split(
					" ",
				),
			].map((name, at) => [`/${name}.svg`, picture(`hsl(${at * 27} 80% 45%)`, 20 + at * 3)]),
		),
		steps: [
			...loaded,
			"root.prepend(Object.assign(new Image(), { src: '/late.svg' }))",
			...loaded,
			"own.style.backgroundImage = 'url(/next.svg)'",
			"root.querySelector('picture source').remove()",
			...loaded,
			"root.append(root.querySelector('.back'))",
			"root.insertAdjacentHTML('afterbegin', '<img srcset=\\'/chosen.svg 1x\\' src=/never.svg>')",
			...loaded,
		],
	},
	{
		name: "sheets of files that come, change and go",
		html: "<!doctype html><html><head><title>x</title><link id=one rel=stylesheet href=/one.css></head><body><main id=root><p class=a>a</p><p class=b>b</p></main></body></html>",
		files: {
			"/one.css": css("p { height: 20px } .a { background: url(/a.svg) }"),
			"/two.css": css(".b { background: teal }"),
			"/a.svg": picture("crimson"),
		},
		steps: [
			...loaded,
			"document.head.insertAdjacentHTML('beforeend', '<link id=two rel=stylesheet href=/two.css>')",
			...["rest", "rest"],
			"one.sheet.insertRule('.a { width: 90px }', 2)",
			"rest",
			"document.getElementById('two').remove()",
			"rest",
			"document.head.append(one)",
			...loaded,
		],
	},
	{
		name: "imports of a style that come late",
		html: "<!doctype html><html><head><title>x</title><style>@import '/print.css' print; @import '/late.css'; p { height: 20px }</style></head><body><main id=root><p class=a>a</p><p class=b>b</p></main></body></html>",
		files: {
			"/print.css": late(".b { display: none }"),
			"/late.css": late(".a { background: teal }"),
			"/later.css": late(".b { background: gold }"),
		},
		steps: [
			`root.insertAdjacentHTML('beforeend', '<style>@import "/later.css"; p { margin: 3px }</style>'); ${comes("root.lastChild")}`,
			"rest",
			"root.append(root.firstChild.cloneNode(true))",
			"root.querySelector('style').firstChild.data = 'p { margin: 9px }'",
			"rest",
		],
	},
	{
		name: "sheets inside a component that come late",
		html: "<!doctype html><html><head><title>x</title></head><body><main id=root><div id=host></div></main></body></html>",
		files: {
			"/late.css": late(".a { background: teal }"),
			"/later.css": late(".b { background: gold }"),
			"/chosen.svg": { ...picture("crimson", 90), lateMs: 400 },
		},
		steps: [
			`host.attachShadow({ mode: 'open' }).innerHTML = '<link rel=stylesheet href=/late.css><p class=a>a</p><p class=b>b</p>'; ${comes("host.shadowRoot.firstChild")}`,
			"rest",
			`host.shadowRoot.append(Object.assign(document.createElement('style'), { textContent: '@import "/later.css"; p { margin: 3px }' })); ${comes("host.shadowRoot.lastChild")}`,
			"rest",
			`host.shadowRoot.append(Object.assign(new Image(), { srcset: '/chosen.svg 1x' })); ${comes("host.shadowRoot.lastChild")}`,
			"rest",
		],
	},
];
