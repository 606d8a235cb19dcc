// Pages made of what a document can hold beside plain elements: tables, SVG, MathML, forms, templates,
// editing, right-to-left text, pictures, odd names.
import type { FidelityPage } from "../fidelity-page.ts";

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";
const cells = (row: number) =>
	Array.from({ length: 5 }, (_, at) => `<td>${row}.${at}</td>`).join("");

export const markupPages: readonly FidelityPage[] = [
	{
		name: "a table with columns and rows that come and go",
		html: `<table id=root border=1><caption>c</caption><colgroup><col span=2 style='width:40px'><col class=wide></colgroup><thead><tr><th scope=col>a<th>b<th>c<th>d<th>e</thead><tbody>${Array.from({ length: 12 }, (_, at) => `<tr>${cells(at)}</tr>`).join("")}</tbody><tfoot><tr><td colspan=5>sum</tfoot></table>`,
		steps: [
			...Array.from(
				{ length: 14 },
				(_, at) =>
					`const body = root.tBodies[0]; const row = body.insertRow(${at % 5}); for (let k = 0; k < 5; k++) row.insertCell().textContent = '${at}/' + k; body.deleteRow(${(at * 3) % 9}); body.append(body.rows[${at % 7}]); body.rows[${at % 6}].cells[1].toggleAttribute('hidden')`,
			),
			"root.querySelector('col').span = 1; root.querySelector('colgroup').append(document.createElement('col'))",
			"root.createTHead().rows[0].cells[0].rowSpan = 2",
			"root.deleteCaption(); root.deleteTFoot()",
			"root.append(root.tBodies[0].cloneNode(true))",
		],
	},
	{
		name: "a table that is sorted by its columns",
		html: `<table id=root><tbody>${Array.from({ length: 40 }, (_, at) => `<tr><td>${(at * 17) % 40}<td>${(at * 7) % 13}`).join("")}</table>`,
		steps: Array.from(
			{ length: 6 },
			(_, at) =>
				`const body = root.tBodies[0]; body.append(...[...body.rows].sort((a, b) => (a.cells[${at % 2}].textContent - b.cells[${at % 2}].textContent) * ${at % 3 ? 1 : -1}))`,
		),
	},
	{
		name: "SVG with clip paths, foreign objects and attributes that are animated",
		isBlurred: true,
		html: "<svg id=root viewBox='0 0 100 100' width=200><defs><clipPath id=clip><circle r=20 cx=50 cy=50 /></clipPath><linearGradient id=g gradientUnits=userSpaceOnUse><stop offset=0 stop-color=red /></linearGradient><symbol id=sym viewBox='0 0 1 1'><path d='M0 0h1' /></symbol><filter id=f><feGaussianBlur stdDeviation=2 /></filter></defs><use id=used href='#sym' /><g id=group clip-path='url(#clip)'><rect id=box width=10 height=10 fill='url(#g)'><animate attributeName=x from=0 to=9 dur=2s repeatCount=indefinite /></rect></g><foreignObject id=fo width=50 height=50><div xmlns='http://www.w3.org/1999/xhtml'>html <b>in</b> svg</div></foreignObject><text><textPath href='#sym'>round</textPath></text></svg>",
		steps: [
			"box.setAttribute('width', 20); box.setAttribute('preserveAspectRatio', 'xMidYMid')",
			"fo.firstElementChild.innerHTML = 'more <i>html</i>'",
			"group.append(box.cloneNode(true))",
			"box.style.fill = 'blue'; box.setAttribute('transform', 'rotate(3)')",
			"used.setAttribute('href', '#clip')",
			"root.append(document.createElementNS('http://www.w3.org/2000/svg', 'linearGradient'), document.createElementNS('http://www.w3.org/2000/svg', 'feDropShadow'))",
			"group.removeAttribute('clip-path'); root.setAttribute('viewBox', '0 0 50 50')",
			"for (let k = 0; k < 20; k++) box.setAttribute('x', k)",
			"root.insertAdjacentHTML('beforeend', '<switch><g><polygon points=\"0,0 1,1 2,0\" /></g></switch>')",
			"root.prepend(fo)",
			"document.body.append(root.cloneNode(true))",
		],
	},
	{
		name: "MathML",
		html: "<p id=root>x <math id=m display=block><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p>",
		steps: [
			"m.firstElementChild.lastElementChild.textContent = '3'",
			"m.insertAdjacentHTML('beforeend', '<mo>+</mo><msqrt><mi>b</mi></msqrt>')",
			"m.setAttribute('display', 'inline')",
			"root.append(m.cloneNode(true))",
		],
	},
	{
		name: "controls that are written by script",
		isBlurred: true,
		html: "<form id=root><textarea id=area>first</textarea><select id=pick multiple><option>a<option>b</select><input id=tick type=checkbox><input id=one type=radio name=g><input id=two type=radio name=g checked><input id=far type=range min=0 max=9><input id=word value=start><input id=go type=submit value=Send><button id=act>act</button><progress id=bar max=10 value=1></progress><meter id=level value=.5></meter><output id=out>1</output></form>",
		steps: [
			...Array.from(
				{ length: 8 },
				(_, at) =>
					`area.value = 'x'.repeat(${at * 3}); pick.options[${at % 2}].selected = ${at % 3 === 0}; tick.checked = ${at % 2 === 0}; (${at % 2} ? one : two).checked = true; far.value = ${at}; bar.value = ${at}; level.value = ${at / 10}; out.value = '${at}'`,
			),
			"area.defaultValue = 'again'",
			"go.value = 'Sent'",
			"word.setAttribute('placeholder', 'name')",
			"pick.append(new Option('late', 'l', true, true)); pick.options[0].remove()",
			"word.disabled = true; area.readOnly = true; area.rows = 9",
			"pick.size = 4; far.max = 99; far.setAttribute('list', 'none')",
			"act.setAttribute('popovertarget', 'none'); act.textContent = 'done'",
			"root.insertAdjacentHTML('beforeend', '<fieldset disabled><legend>l</legend><input type=color value=#ff0000><input type=date value=2026-01-01></fieldset>')",
			"word.value = ''",
		],
	},
	{
		name: "text areas whose text is a child",
		isBlurred: true,
		html: "<textarea id=root>one</textarea><main id=place></main>",
		steps: [
			"root.textContent = 'two'",
			"root.append('more of it')",
			"root.value = 'typed'",
			"place.innerHTML = '<textarea>inside</textarea>'",
			"place.firstChild.replaceChildren('other text')",
			"place.append(root)",
		],
	},
	{
		name: "dialogs, popovers and details that open",
		html: "<dialog id=d>one</dialog><div id=p popover>pop</div><div id=m popover=manual>manual</div><details id=a name=group><summary>a</summary>text</details><details id=b name=group open><summary>b</summary>text</details><button id=btn popovertarget=p>open</button>",
		steps: [
			"d.showModal()",
			"d.close()",
			"a.open = true",
			"b.open = true",
			"d.show(); d.append('more')",
			"d.close('done')",
			"a.querySelector('summary').textContent = 'changed'",
			"btn.setAttribute('aria-expanded', 'true')",
		],
	},
	{
		name: "popovers that are shown",
		html: "<div id=p popover>pop</div><div id=m popover=manual>manual</div>",
		steps: [
			"p.showPopover()",
			"m.showPopover()",
			"p.hidePopover()",
			"m.append('more')",
			"m.hidePopover()",
		],
	},
	{
		name: "templates, nested and changed",
		html: "<template id=t><p class=x>in <b>template</b></p><template><i>deep</i></template></template><main id=root></main>",
		steps: [
			"root.append(t.content.cloneNode(true))",
			"t.content.querySelector('p').textContent = 'changed inside'",
			"root.append(document.importNode(t.content, true))",
			"root.append(t)",
			"root.insertAdjacentHTML('beforeend', '<template><u>late</u></template>')",
			"t.innerHTML = '<s>all new</s>'; root.append(t.content.cloneNode(true))",
			"root.append(t.content)",
		],
	},
	{
		name: "text that is edited by commands",
		isBlurred: true,
		html: "<div id=root contenteditable><p>one two three</p><p>four</p></div>",
		steps: [
			"root.focus(); getSelection().selectAllChildren(root.firstChild); document.execCommand('bold')",
			"document.execCommand('insertText', false, 'typed')",
			"document.execCommand('insertParagraph')",
			"document.execCommand('insertHTML', false, '<ul><li>a<li>b</ul>')",
			"document.execCommand('italic'); document.execCommand('insertText', false, 'more')",
			"document.execCommand('selectAll'); document.execCommand('indent')",
			"document.execCommand('undo')",
			"document.execCommand('insertOrderedList')",
			"document.execCommand('delete')",
			"root.contentEditable = 'false'",
		],
	},
	{
		name: "right-to-left text with islands",
		html: "<!doctype html><html dir=rtl lang=he><head><title>שלום</title><style>p { margin-inline-start: 20px; text-align: start }</style></head><body><main id=root><p>שלום <bdi>user_42</bdi> עולם</p><p><bdo dir=ltr>אבג</bdo> 123</p><p dir=auto>mixed ערב</p></main></body></html>",
		steps: [
			"root.firstElementChild.append(' \u200fעוד\u200e more')",
			"root.dir = 'ltr'",
			"root.insertAdjacentHTML('beforeend', '<p>مرحبا <bdi dir=rtl>123</bdi> <span dir=ltr>abc</span></p>')",
			"root.querySelector('bdo').dir = 'rtl'",
			"root.querySelector('bdi').textContent = 'משתמש'",
			"document.documentElement.dir = 'ltr'; document.documentElement.lang = 'ar'",
			"root.style.writingMode = 'vertical-rl'",
			"root.append('\u{1f468}\u200d\u{1f469}\u200d\u{1f467} e\u0301 \ud800 lone')",
		],
	},
	{
		name: "the head and the title",
		html: "<!doctype html><html><head><meta charset=utf-8><meta name=viewport content='width=device-width'><title>first</title><base target=_blank></head><body><main id=root>x</main></body></html>",
		steps: [
			"document.head.append(Object.assign(document.createElement('meta'), { name: 'theme-color', content: '#fff' }))",
			"document.querySelector('meta[name=viewport]').content = 'width=500'",
			"document.head.prepend(document.createElement('style'))",
			"document.documentElement.className = 'js'",
			"document.documentElement.style.fontSize = '18px'",
			"document.body.className = 'ready'; document.body.setAttribute('data-page', 'home')",
			"document.body.replaceWith(Object.assign(document.createElement('body'), { id: 'fresh', innerHTML: '<p>new body</p>' }))",
			"document.body.append('more')",
		],
	},
	{
		name: "a title that changes",
		html: "<main id=root>x</main>",
		steps: [
			"document.title = 'second'",
			"document.title = 'third'",
			"document.head.append(document.querySelector('title'))",
		],
	},
	{
		name: "media elements that come and go",
		isBlurred: true,
		html: "<main id=root><video id=v width=100 controls><track kind=captions><source type=video/mp4></video></main>",
		steps: [
			"v.muted = true; v.volume = .5",
			"root.append(Object.assign(document.createElement('audio'), { controls: true, loop: true }))",
			"v.playbackRate = 1.5",
			"v.append(document.createElement('source'))",
			"root.lastChild.remove()",
			"v.poster = '/poster.png'; v.controls = false",
			"root.prepend(v.cloneNode(true))",
		],
	},
	{
		name: "pictures with sources",
		html: `<main id=root><img id=i src='${PIXEL}' srcset='${PIXEL} 1x, /two.png?token=1 2x' sizes='(max-width: 100px) 50px, 100px' width=30 height=30><picture id=p><source media='(min-width: 1px)' srcset='/wide.png 100w, /wider.png 200w'><img src=/small.png loading=lazy alt=small></picture></main>`,
		steps: [
			"i.srcset = '/a.png 1x, /b.png 3x'",
			"i.removeAttribute('srcset'); i.alt = 'a picture'",
			"p.prepend(document.createElement('source'))",
			"p.firstChild.srcset = '/first.webp'; p.firstChild.type = 'image/webp'",
			"i.src = 'relative/path.png'; i.width = 60",
			"root.append(i.cloneNode())",
			"root.insertAdjacentHTML('beforeend', '<object data=/o.svg width=9></object><map name=m><area href=/x coords=\"1,2,3\"></map>')",
		],
	},
	{
		name: "comments and sections of data",
		html: "<main id=root><!-- one -->text<!-- two --></main><svg id=s><style><![CDATA[ circle { fill: red } ]]></style></svg>",
		steps: [
			"root.append(document.createComment('three'), 'tail')",
			"root.insertBefore(document.createElement('b'), root.childNodes[1])",
			"root.childNodes[0].remove()",
			"root.insertBefore(document.createTextNode('front'), root.firstChild)",
			"root.querySelectorAll('b').forEach((one) => one.before(document.createComment('near')))",
			"for (const node of [...root.childNodes]) if (node.nodeType === 8) node.data += '!'",
			"root.lastChild.replaceWith(document.createComment('last'), document.createElement('i'))",
			"for (const node of [...root.childNodes]) if (node.nodeType === 8) node.remove()",
		],
	},
	{
		name: "attributes in namespaces",
		html: "<main id=root xml:lang=en><svg id=s xmlns:xlink='http://www.w3.org/1999/xlink'><use xlink:href='#s' /></svg></main>",
		steps: [
			"root.setAttributeNS('http://own.test/ns', 'own:state', 'one')",
			"root.setAttributeNS('http://own.test/ns', 'own:state', 'two')",
			"s.setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:space', 'preserve')",
			"s.firstElementChild.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:title', 'named')",
			"root.removeAttributeNS('http://own.test/ns', 'state')",
		],
	},
	{
		name: "attributes of a link that is drawn",
		html: "<svg id=s><use id=used xlink:href='#one' /></svg><main id=root></main>",
		steps: [
			"used.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#two')",
			"used.removeAttributeNS('http://www.w3.org/1999/xlink', 'href')",
		],
	},
	{
		name: "attributes with odd names",
		html: "<main id=root data-a=1><p id=p v-on:click=go :bound=x #ref (event)=y [prop]=z data-ünï=1>x</p></main>",
		steps: [
			"root.setAttribute('data-LONG-name', 'a'); root.dataset.camelCase = 'b'",
			"root.insertAdjacentHTML('beforeend', '<b x.y=1 _z=2 a:b:c=3>x</b>')",
			"root.setAttribute('aria-label', 'named'); root.toggleAttribute('inert')",
			"root.setAttribute('data-empty', ''); root.removeAttribute('data-a')",
		],
	},
	{
		name: "attributes that only a parser can set",
		html: "<main id=root><p @click=go>x</p></main>",
		steps: [
			"root.insertAdjacentHTML('beforeend', '<i @input=\"a\" {brace}=1>x</i>')",
			"root.append(root.firstElementChild.cloneNode(true))",
		],
	},
	{
		name: "elements with odd names",
		html: "<main id=root><font-face-x>x</font-face-x><blink>b</blink><unknown a=1>u</unknown></main>",
		steps: [
			"root.append(document.createElement('x_y'), document.createElement('a.b'))",
			"root.append(document.createElementNS('http://own.test/ns', 'own:thing'))",
			"root.lastChild.textContent = 'own'",
		],
	},
	{
		name: "a document in quirks mode",
		html: "<html><head><title>old</title></head><body bgcolor=white><center id=root><font color=red>old</font><table width=50% cellpadding=3><tr><td nowrap>x</table></center></body></html>",
		steps: [
			"root.append(document.createElement('marquee'))",
			"document.body.setAttribute('text', 'blue')",
			"root.querySelector('font').size = 5",
			"root.querySelector('table').insertRow().insertCell().align = 'right'",
		],
	},
	{
		name: "lists, rulers, ruby and the rest of text",
		html: "<main id=root><ol reversed start=5><li value=9>a<li>b</ol><dl><dt>t<dd>d</dl><ruby>漢<rt>kan</rt></ruby><pre>  kept\n  lines </pre><p>a<wbr>b&shy;c &nbsp; d</p><hr><abbr title='in full'>abbr</abbr><time datetime=2026-01-01>day</time><data value=3>three</data></main>",
		steps: [
			"root.querySelector('ol').reversed = false; root.querySelector('li').value = 3",
			"root.querySelector('pre').append('\\n\\ttabbed\\n')",
			"root.querySelector('ruby').insertAdjacentHTML('beforeend', '字<rp>(</rp><rt>ji</rt>')",
			"root.querySelector('p').innerHTML = '&lt;b&gt; &amp; &#x202e;x'",
			"root.querySelector('time').dateTime = '2027'",
			"root.querySelector('abbr').title = 'longer'",
		],
	},
];
