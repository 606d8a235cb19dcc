// Pages that style themselves in every way there is.
import type { FidelityPage } from "../fidelity-page.ts";

const PRINT_RULES = Array.from(
	{ length: 200 },
	(_, at) =>
		`.p${at} { page-break-inside: avoid; orphans: ${(at % 4) + 1}; color: rgb(${at} 0 0) }`,
).join("\n");

export const stylePages: readonly FidelityPage[] = [
	{
		name: "animations and transitions in CSS",
		isBlurred: true,
		html: "<style>@keyframes go { from { left: 0 } 50% { left: 30px; opacity: .5 } to { left: 90px } } .moving { position: relative; animation: go 1s infinite alternate } .slow { transition: width .3s ease-in 10ms } @property --turn { syntax: '<angle>'; inherits: false; initial-value: 0deg }</style><div id=root>box</div>",
		steps: [
			"root.classList.add('moving')",
			"root.style.animationDuration = '2s'",
			"root.classList.add('slow'); root.style.width = '40px'",
			"rest",
			"root.style.width = '90px'",
			"root.style.setProperty('--turn', '30deg')",
			"root.getAnimations().forEach((one) => one.pause())",
			"root.classList.remove('moving')",
			"document.styleSheets[0].insertRule('@keyframes back { to { top: 4px } }', 1)",
			"root.style.animation = 'back 3s linear'",
			"document.styleSheets[0].deleteRule(0)",
		],
	},
	{
		name: "CSS in script in speedy mode",
		html: "<main id=root><b class=s0>x</b></main>",
		steps: [
			"window.tag = document.createElement('style'); tag.dataset.emotion = 'css'; tag.append(''); document.head.append(tag)",
			...Array.from(
				{ length: 16 },
				(_, at) =>
					`tag.sheet.insertRule('.s${at} { margin-left: ${at}px; background: url("/i${at}.png") }', tag.sheet.cssRules.length); tag.sheet.insertRule('@media (min-width: ${at * 40}px) { .s${at} { color: red } }', tag.sheet.cssRules.length); root.insertAdjacentHTML('beforeend', '<i class=s${at}>${at}</i>')`,
			),
			"window.second = document.createElement('style'); document.head.insertBefore(second, tag); second.sheet.insertRule('b { top: 0 }')",
		],
	},
	{
		name: "a style in speedy mode that moves",
		html: "<main id=root></main>",
		steps: [
			"window.tag = document.createElement('style'); document.head.append(tag); tag.sheet.insertRule('.a { top: 1px }')",
			"tag.sheet.insertRule('.b { top: 2px }')",
			"root.append(tag)",
			"tag.sheet.insertRule('.c { top: 3px }')",
			"tag.remove()",
			"document.head.append(tag); tag.sheet.insertRule('.d { top: 4px }')",
		],
	},
	{
		name: "rules inside media, supports and layers",
		html: "<style id=css>@layer low, high; @media (min-width: 1px) { .a { left: 1px } @supports (display: grid) { .b { left: 2px } .c { left: 3px } } } @layer high { .d { left: 4px } } @container (min-width: 1px) { .e { left: 5px } } @scope (.f) { b { left: 6px } }</style><main id=root class=a>x</main>",
		steps: [
			"css.sheet.cssRules[1].insertRule('.a1 { top: 1px }', 1)",
			"css.sheet.cssRules[1].cssRules[2].insertRule('.b1 { top: 1px }', 0)",
			"css.sheet.cssRules[1].cssRules[2].deleteRule(1)",
			"css.sheet.cssRules[2].insertRule('.d1 { top: 1px }', 1)",
			"css.sheet.cssRules[3].insertRule('.e1 { top: 1px }', 0)",
			"css.sheet.cssRules[1].cssRules[0].style.setProperty('left', '9px', 'important')",
			"css.sheet.cssRules[1].cssRules[2].cssRules[0].style.setProperty('color', 'green')",
			"css.sheet.cssRules[1].cssRules[0].style.removeProperty('left')",
			"css.sheet.insertRule('@media print { .p { color: black } }', css.sheet.cssRules.length)",
			"css.sheet.cssRules[5].insertRule('.p2 { color: white }', 1)",
			"css.sheet.deleteRule(0)",
			"css.sheet.cssRules[0].deleteRule(0)",
		],
	},
	{
		name: "nested rules",
		html: "<style id=css>.a { color: red; & .b { top: 1px } .c & { left: 1px } @media (min-width: 1px) { right: 1px } &:hover { bottom: 1px } }</style><main id=root class=a><p class=b>x</p></main>",
		steps: [
			"css.sheet.cssRules[0].style.setProperty('color', 'blue')",
			"css.sheet.insertRule('.z { .y { top: 1px } }')",
			"css.textContent = '.n { color: red; > b { left: 2px } }'",
			"css.append('.m { & + & { top: 1px } }')",
		],
	},
	{
		name: "rules inside a rule that are edited",
		html: "<style id=css>.a { color: red; & .b { top: 1px } }</style><main id=root class=a><p class=b>x</p></main>",
		steps: [
			"css.sheet.cssRules[0].insertRule('& .c { top: 2px }', 1)",
			"css.sheet.cssRules[0].cssRules[0].style.setProperty('top', '7px')",
			"css.sheet.cssRules[0].deleteRule(0)",
		],
	},
	{
		name: "a sheet that the document and shadow trees share",
		html: "<div id=root></div><div id=other></div>",
		steps: [
			"window.sheet = new CSSStyleSheet(); sheet.replaceSync('p { color: red }')",
			"document.adoptedStyleSheets = [sheet]",
			"root.attachShadow({ mode: 'open' }).innerHTML = '<p>one</p>'; root.shadowRoot.adoptedStyleSheets = [sheet]",
			"other.attachShadow({ mode: 'open' }).innerHTML = '<p>two</p>'; other.shadowRoot.adoptedStyleSheets = [sheet]",
			"sheet.insertRule('b { left: 1px }', 1)",
			"sheet.replaceSync('p { color: blue } i { top: 1px }')",
			"await sheet.replace('p { color: green } u { top: 2px }')",
			"sheet.cssRules[0].style.setProperty('margin', '3px', 'important')",
			"window.extra = new CSSStyleSheet(); extra.insertRule('em { top: 4px }'); document.adoptedStyleSheets = [extra, sheet]",
			"root.shadowRoot.adoptedStyleSheets = [sheet, extra]",
			"extra.deleteRule(0)",
			"extra.insertRule('strong { top: 5px }')",
		],
	},
	{
		name: "sheets that are pushed and popped",
		html: "<div id=root>x</div>",
		steps: [
			"window.sheets = [1, 2, 3].map((at) => { const one = new CSSStyleSheet(); one.replaceSync('.k' + at + ' { top: ' + at + 'px }'); return one })",
			"document.adoptedStyleSheets.push(sheets[0])",
			"document.adoptedStyleSheets.push(sheets[1], sheets[2])",
			"document.adoptedStyleSheets.splice(1, 1)",
			"document.adoptedStyleSheets.pop()",
			"document.adoptedStyleSheets.length = 0",
		],
	},
	{
		name: "sheets that are adopted no more",
		html: "<div id=root>x</div>",
		steps: [
			"window.sheet = new CSSStyleSheet(); sheet.replaceSync('.a { top: 1px }'); document.adoptedStyleSheets = [sheet]",
			"document.adoptedStyleSheets = []",
			"document.adoptedStyleSheets = [sheet]",
			"root.attachShadow({ mode: 'open' }).innerHTML = '<b>x</b>'; root.shadowRoot.adoptedStyleSheets = [sheet]",
			"root.shadowRoot.adoptedStyleSheets = []",
		],
	},
	{
		name: "a sheet with media that is disabled",
		html: "<style id=css media='(min-width: 1px)'>.a { color: red }</style><main id=root class=a>x</main>",
		steps: [
			"css.media = '(min-width: 5000px)'",
			"css.setAttribute('media', 'screen')",
			"css.removeAttribute('media')",
			"css.title = 'one'",
		],
	},
	{
		name: "the text of a style",
		html: "<style id=css>.a { top: 1px }</style><main id=root></main>",
		steps: [
			"css.textContent = '.b { top: 2px } @import url(late.css);'",
			"css.firstChild.data += ' .c { top: 3px }'",
			"css.firstChild.appendData(' .d::before { content: \"a, b { c }\" }')",
			"css.replaceChildren('.e { background: url(pic.png?x=1) }', ' .f { top: 6px }')",
			"css.innerHTML = '.g > .h { top: 7px }'",
			"css.textContent = ''",
			"css.textContent = '.i { --json: {\"a\": 1}; top: 8px }'",
			"document.head.append(css)",
			"css.textContent = '@font-face { font-family: none; src: url(none.woff2) } .j { top: 9px }'",
		],
	},
	{
		name: "a style that is filled before it stands",
		html: "<main id=root></main>",
		steps: [
			"const css = document.createElement('style'); css.textContent = '.a { top: 1px }'; document.head.append(css); window.first = css",
			"const css = document.createElement('style'); document.head.append(css); css.append(document.createTextNode('.b { top: 2px }'))",
			"const css = document.createElement('style'); css.append('.c { top: 3px }', '.d { top: 4px }'); document.head.prepend(css)",
			"first.replaceWith(first.cloneNode(true))",
			"document.head.insertAdjacentHTML('afterbegin', '<style>.e { top: 5px }</style><style>.f { top: 6px }</style>')",
		],
	},
	{
		name: "style attributes by property and priority",
		html: "<div id=root style='color: red !important; --x: 1'>x</div>",
		steps: [
			"root.style.setProperty('left', '1px', 'important')",
			"root.style.setProperty('left', '2px')",
			"root.style.setProperty('--y', ' spaced  value ')",
			"root.style.removeProperty('--x')",
			"root.style.cssText = 'top: 1px; margin: 1px 2px; border: 1px solid red'",
			"root.style.marginTop = '9px'",
			"root.style.removeProperty('border')",
			"root.style.background = 'url(\"a;b.png\") no-repeat'",
			"root.setAttribute('style', 'width: calc(1px + 2px); grid-template-areas: \"a b\" \"c d\"')",
			"root.style.cssFloat = 'left'",
			"root.style.font = 'italic 12px/1.5 serif'",
			"root.attributeStyleMap?.set('height', CSS.px(12))",
			"root.removeAttribute('style')",
			"root.style.color = 'blue'",
		],
	},
	{
		name: "styles that refer to properties of their own",
		html: "<style>:root { --gap: 4px; --color: oklch(50% .1 200) } .card { padding: var(--gap, 2px); color: var(--color) }</style><div id=root class=card style='margin: var(--gap)'>x</div>",
		steps: [
			"document.documentElement.style.setProperty('--gap', '9px')",
			"root.style.setProperty('padding', 'calc(var(--gap) * 2)')",
			"document.documentElement.style.setProperty('--color', 'tomato')",
			"document.documentElement.style.removeProperty('--gap')",
		],
	},
	{
		name: "sheets that are linked, imported and changed",
		html: "<!doctype html><html><head><link id=link rel=stylesheet href=/one.css?v=1><style id=css>@import url('/three.css'); .own { top: 0 }</style></head><body><main id=root class=one>x</main></body></html>",
		files: {
			"/one.css": {
				type: "text/css",
				body: "@import '/two.css'; .one { color: rgb(1, 2, 3); background: url(img/a.png) }",
			},
			"/two.css": { type: "text/css", body: ".two { left: 2px } a:hover { top: 1px }" },
			"/three.css": {
				type: "text/css",
				body: ".three { left: 3px } @media print { .three { left: 4px } }",
			},
			"/late.css": { type: "text/css", body: ".late { left: 5px }" },
		},
		steps: [
			"rest",
			"document.head.insertAdjacentHTML('beforeend', '<link id=late rel=stylesheet href=/late.css>')",
			"rest",
			"link.sheet.insertRule('.added { top: 6px }', 1)",
			"document.getElementById('late').media = 'print'",
			"link.disabled = false",
			"document.getElementById('late').remove()",
			"rest",
		],
	},
	{
		name: "a link that becomes another sheet",
		html: "<!doctype html><html><head><link id=link rel=stylesheet href=/light.css></head><body><main id=root>x</main></body></html>",
		files: {
			"/light.css": { type: "text/css", body: "main { background: rgb(250, 250, 250) }" },
			"/dark.css": { type: "text/css", body: "main { background: rgb(9, 9, 9) }" },
		},
		steps: [
			"rest",
			"link.href = '/dark.css'",
			"rest",
			"link.rel = 'preload'",
			"rest",
			"link.rel = 'stylesheet'",
			"rest",
		],
	},
	{
		name: "long CSS for print",
		html: `<style>@page { size: A4; margin: 2cm } @page :first { margin-top: 4cm } @media print { ${PRINT_RULES} nav, .no-print { display: none !important } a[href]::after { content: " (" attr(href) ")" } }</style><style media=print>body { font: 10pt serif }</style><main id=root><a href=/x>link</a></main>`,
		steps: [
			"root.className = 'p1'",
			"document.styleSheets[1].insertRule('h1 { break-before: page }', 0)",
			"document.styleSheets[0].cssRules[2].insertRule('.late { widows: 3 }', 5)",
			"document.styleSheets[0].cssRules[2].deleteRule(0)",
			"root.append('more')",
		],
	},
	{
		name: "classes that never rest",
		html: `<div id=root>${Array.from({ length: 30 }, (_, at) => `<i class='c${at} base'>${at}</i>`).join("")}</div>`,
		steps: Array.from(
			{ length: 15 },
			(_, at) =>
				`for (const [k, one] of [...root.children].entries()) { one.classList.toggle('on', (k + ${at}) % 3 === 0); one.classList.replace('base', 'base${at}'); one.className += ' n${at}'; if (k % 7 === ${at % 7}) one.className = '' }`,
		),
	},
];
