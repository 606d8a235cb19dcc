// Pages that use what pages use, each with steps that change them while they are recorded. A step is a
// line of script; `root` is the page's main element, `rest` waits for frames and promises.

export interface RecordedPage {
	name: string;
	html: string;
	steps: string[];
	/**
	 * Takes out an element with a shadow tree and puts it back. The replayer then doubles some of what is in
	 * it, unless it started from a keyframe between the two.
	 */
	isTakenUpAgain?: true;
}

const rows = (count: number) =>
	Array.from({ length: count }, (_, at) => `<li id=r${at}>row ${at}</li>`).join("");

export const RECORDED_PAGES: RecordedPage[] = [
	{
		name: "churn of innerHTML",
		html: "<main id=root><ul></ul></main>",
		steps: Array.from(
			{ length: 12 },
			(_, at) => `root.innerHTML = '<ul>' + '<li>${at} <b>x</b></li>'.repeat(${at + 1}) + '</ul>'`,
		),
	},
	{
		name: "a list that is sorted by dragging",
		html: `<ul id=root>${rows(12)}</ul>`,
		steps: Array.from(
			{ length: 20 },
			(_, at) =>
				`root.insertBefore(root.children[${(at * 7) % 12}], root.children[${(at * 5) % 12}])`,
		),
	},
	{
		name: "a list of which only a window exists",
		html: "<div id=root style='height:200px;overflow:auto'><div id=all style='height:9000px;position:relative'></div></div>",
		steps: Array.from(
			{ length: 15 },
			(_, at) =>
				`root.scrollTop = ${at * 130}; all.replaceChildren(...Array.from({length:12}, (_, k) => Object.assign(document.createElement('div'), {textContent:'row ' + (${at * 3} + k), style:'position:absolute;top:' + (${at * 3} + k) * 30 + 'px'})))`,
		),
	},
	{
		name: "shadow trees with slots",
		isTakenUpAgain: true,
		html: "<x-card id=root><b slot=title>title</b>body</x-card><script>customElements.define('x-card', class extends HTMLElement { constructor() { super(); this.attachShadow({mode:'open'}).innerHTML = '<style>:host{color:red} p:hover{left:1px}</style><p><slot name=title></slot></p><slot></slot><i>0</i>' } })</script>",
		steps: [
			"root.shadowRoot.querySelector('i').textContent = '1'",
			"document.body.append(document.createElement('x-card'))",
			"root.shadowRoot.append(document.createElement('hr'))",
			"document.body.lastElementChild.append('late light child')",
			"document.body.insertBefore(document.body.lastElementChild, root)",
			"root.shadowRoot.querySelector('p').remove()",
			"root.remove()",
			"document.body.append(root)",
		],
	},
	{
		name: "nested shadow trees with adopted sheets",
		html: "<div id=root></div>",
		steps: [
			"window.sheet = new CSSStyleSheet(); sheet.replaceSync('p { color: red } p:hover { top: 1px }')",
			"root.attachShadow({mode:'open'}).innerHTML = '<p>one</p><section></section>'",
			"root.shadowRoot.adoptedStyleSheets = [sheet]",
			"root.shadowRoot.querySelector('section').attachShadow({mode:'open'}).innerHTML = '<p>two</p>'",
			"root.shadowRoot.querySelector('section').shadowRoot.adoptedStyleSheets = [sheet]",
			"sheet.insertRule('b { left: 3px }', 0)",
			"sheet.deleteRule(1)",
			"document.adoptedStyleSheets = [sheet, new CSSStyleSheet()]",
			"document.adoptedStyleSheets[1].replaceSync('@media (min-width: 1px) { i { top: 2px } }')",
			"document.adoptedStyleSheets[1].cssRules[0].insertRule('u { top: 4px }', 1)",
			"sheet.cssRules[0].style.setProperty('left', '9px', 'important')",
			"root.shadowRoot.adoptedStyleSheets = []",
		],
	},
	{
		name: "rules by insertRule",
		html: "<style id=css>.a { top: 1px } @media (min-width: 1px) { .b { left: 1px } }</style><main id=root class=a></main>",
		steps: [
			"css.sheet.insertRule('.c { top: 3px }', 0)",
			"css.sheet.insertRule('.d { top: 4px }', css.sheet.cssRules.length)",
			"css.sheet.cssRules[2].insertRule('.e { top: 5px }', 0)",
			"css.sheet.deleteRule(0)",
			"try { css.sheet.insertRule('::-not-known { top: 1px }', 0) } catch {}",
			"css.sheet.insertRule('.f:is(.g) { top: 6px }', 1)",
			"css.sheet.deleteRule(0)",
			"css.sheet.cssRules[0].style.color = 'blue'",
			"css.sheet.cssRules[0].style.setProperty('--own', '3')",
			"css.append('.late { top: 9px }')",
			"css.sheet.insertRule('.after { top: 1px }', 0)",
		],
	},
	{
		name: "CSS in script that is changed with every frame",
		html: "<main id=root>x</main>",
		steps: [
			"window.css = document.createElement('style'); document.head.append(css)",
			...Array.from(
				{ length: 20 },
				(_, at) =>
					`for (let k = 0; k < 5; k++) css.sheet.insertRule('.k${at}_' + k + ' { left: ' + k + 'px }', css.sheet.cssRules.length); if (${at} > 3) for (let k = 0; k < 4; k++) css.sheet.deleteRule(0)`,
			),
		],
	},
	{
		name: "styles that are animated by script",
		html: "<div id=root style='position:absolute;left:0;margin:1px'>x</div>",
		steps: Array.from(
			{ length: 25 },
			(_, at) =>
				`root.style.left = '${at * 3}px'; root.style.transform = 'rotate(${at}deg)'; ${at % 5 ? "" : "root.style.marginLeft = '4px'; root.style.removeProperty('color'); root.style.margin = '2px'"}`,
		),
	},
	{
		name: "forms",
		html: "<form id=root><input id=name><input id=tick type=checkbox><input type=radio name=g id=one checked><input type=radio name=g id=two><textarea id=area>first</textarea><select id=pick><option>a<option selected>b</select><input type=range id=far></form>",
		steps: [
			"document.getElementById('name').value = 'typed'",
			"tick.checked = true",
			"two.checked = true",
			"area.value = 'written'",
			"pick.value = 'a'",
			"pick.insertBefore(new Option('z'), pick.firstChild)",
			"pick.remove(1)",
			"far.value = 80",
			"area.textContent = 'other'",
			"document.getElementById('name').type = 'search'",
			"root.append(Object.assign(document.createElement('input'), {type:'radio', name:'g', checked:true}))",
			"root.append(area); root.prepend(pick)",
			"root.reset()",
		],
	},
	{
		name: "radio buttons that come and go",
		html: "<main id=root><input type=radio name=a id=a1 checked><input type=radio name=a id=a2 checked><form id=one><p><input type=radio name=a id=b1 checked><input type=radio name=a id=b2></form><form id=two><input type=radio name=a id=c1><input type=radio name=a id=c2 checked><p><input type=radio name=a id=c3 checked></form><div id=host></div></main>",
		steps: [
			"root.prepend(Object.assign(document.createElement('p'), {innerHTML: '<input type=radio name=a id=a0 checked>'}))",
			"b2.click()",
			"b2.remove()",
			"host.attachShadow({mode:'open'}).innerHTML = '<input type=radio name=a id=s1><input type=radio name=a id=s2 checked>'",
			"host.shadowRoot.querySelector('#s1').click()",
			"a1.click()",
			"c1.click()",
			"c1.name = 'b'",
			"root.append(Object.assign(document.createElement('form'), {id: 'three', innerHTML: '<input type=radio name=a checked><p><input type=radio name=a checked></p><input type=radio name=a checked>'}))",
			"two.prepend(three.lastElementChild)",
			"c2.click()",
			"one.append(c2)",
			"host.shadowRoot.querySelector('#s1').remove()",
			"three.remove()",
			"root.append(two)",
			"a1.remove()",
		],
	},
	{
		name: "a list of choices that is filled late",
		html: "<main id=root></main>",
		steps: [
			"root.innerHTML = '<select id=pick><option disabled>choose<option>a<option>b</select>'",
			"pick.insertAdjacentHTML('beforeend', '<optgroup label=more><option>c</optgroup>')",
			"pick.selectedIndex = 3",
			"pick.options[3].remove()",
			"pick.insertBefore(new Option('front'), pick.firstChild)",
			"pick.innerHTML = '<option>new</option>'",
			"pick.multiple = true",
		],
	},
	{
		name: "text that is edited in place",
		html: "<p id=root contenteditable>one <b>two</b> three</p>",
		steps: [
			"root.firstChild.data = 'changed '",
			"root.firstChild.splitText(3)",
			"root.normalize()",
			"root.querySelector('b').firstChild.appendData('!')",
			"root.append('four', document.createElement('br'), 'five')",
			"getSelection().setBaseAndExtent(root.firstChild, 1, root.lastChild, 2)",
			"root.textContent = 'all new'",
			"root.append(document.createComment('a note'))",
		],
	},
	{
		name: "frames with documents of their own",
		html: "<main id=root><iframe id=a srcdoc='<p id=p>in</p><style>p{color:red}</style>'></iframe></main>",
		steps: [
			"rest",
			"a.contentDocument.body.append('more')",
			"a.contentDocument.getElementById('p').style.left = '3px'",
			"a.contentDocument.styleSheets[0].insertRule('b { top: 2px }', 0)",
			"a.contentDocument.body.insertAdjacentHTML('beforeend', '<iframe id=deep srcdoc=\"<i>deep</i>\"></iframe>')",
			"rest",
			"a.contentDocument.getElementById('deep').contentDocument.body.append('deeper')",
			"root.append(Object.assign(document.createElement('iframe'), {srcdoc: '<div style=height:2000px>x</div>'}))",
			"rest",
			"root.lastChild.contentWindow.scrollTo(0, 300)",
			"rest",
			"a.srcdoc = '<h1>another</h1>'",
			"rest",
			"a.contentDocument.body.append('again')",
			"root.lastChild.remove()",
		],
	},
	{
		name: "dialogs and details",
		html: "<main id=root><dialog id=d>hello</dialog><dialog id=e><button>ok</button></dialog><details id=more><summary>s</summary>text</details></main>",
		steps: [
			"d.show()",
			"d.close()",
			"d.showModal()",
			"e.showModal()",
			"e.close()",
			"more.open = true",
			"d.close()",
			"d.show()",
			"d.setAttribute('title', 'x')",
			"more.open = false",
		],
	},
	{
		name: "SVG",
		html: "<svg id=root viewBox='0 0 10 10'><defs><linearGradient id=g><stop offset=0 /></linearGradient></defs><use href=#g /></svg>",
		steps: [
			"root.insertAdjacentHTML('beforeend', '<circle r=3 />')",
			"root.lastChild.setAttribute('r', 4)",
			"root.setAttribute('viewBox', '0 0 20 20')",
			"root.querySelector('use').setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#h')",
			"root.insertAdjacentHTML('beforeend', '<foreignObject><p>html</p></foreignObject><clipPath><rect /></clipPath><style>circle { fill: red }</style>')",
			"root.querySelector('p').textContent = 'changed'",
			"root.querySelector('style').textContent = 'circle:hover { fill: blue }'",
			"root.insertBefore(root.lastChild, root.firstChild)",
		],
	},
	{
		name: "tables",
		html: "<table id=root><tbody><tr><td>1<td>2</table>",
		steps: Array.from(
			{ length: 10 },
			(_, at) =>
				`const row = root.insertRow(${at % 3}); row.insertCell().textContent = '${at}'; row.insertCell().innerHTML = '<b>x</b>'; ${at % 4 === 3 ? "root.deleteRow(1); root.tBodies[0].rows[0].append(root.tBodies[0].rows[1].cells[0])" : ""}`,
		),
	},
	{
		name: "media",
		html: "<main id=root><video id=v></video></main>",
		steps: [
			"v.volume = 0.3",
			"v.muted = true",
			"root.append(Object.assign(document.createElement('audio'), {loop: true}))",
			"v.playbackRate = 2",
			"v.play().catch(() => 0)",
			"rest",
			"v.pause()",
			"root.lastChild.volume = 0.1",
			"rest",
			"root.prepend(root.lastChild)",
		],
	},
	{
		name: "scrolled regions",
		html: "<div style='height:3000px'><div id=root style='height:100px;overflow:auto'><div style='height:900px;width:3000px'></div></div></div>",
		steps: [
			"root.scrollTop = 200",
			"rest",
			"root.scrollLeft = 100",
			"rest",
			"scrollTo(0, 400)",
			"rest",
			"root.scrollTop = 300",
			"rest",
			"document.body.append('x')",
			"scrollTo(0, 100)",
			"rest",
		],
	},
	{
		name: "templates that are cloned",
		html: "<template id=t><li class=item><b></b><input value=1></li></template><ul id=root></ul>",
		steps: Array.from(
			{ length: 12 },
			(_, at) =>
				`const copy = t.content.cloneNode(true); copy.querySelector('b').textContent = '${at}'; root.insertBefore(copy, root.children[${at % 3}] ?? null); ${at % 4 === 3 ? "root.children[1].remove()" : ""}`,
		),
	},
	{
		name: "attributes that never rest",
		html: `<ul id=root>${rows(8)}</ul>`,
		steps: Array.from(
			{ length: 20 },
			(_, at) =>
				`for (const [k, row] of [...root.children].entries()) { row.className = 'c' + (k + ${at}) % 3; row.toggleAttribute('hidden', (k + ${at}) % 2 === 0); row.dataset.step = ${at}; row.setAttribute('aria-label', 'x${at}') }`,
		),
	},
	{
		name: "custom elements that are defined late",
		html: "<x-late id=root>light</x-late>",
		steps: [
			"document.body.append(document.createElement('x-late'))",
			"customElements.define('x-late', class extends HTMLElement { connectedCallback() { this.setAttribute('up', ''); this.append('grown') } })",
			"document.body.append(document.createElement('x-late'))",
			"root.remove()",
			"document.body.prepend(root)",
		],
	},
	{
		name: "canvas and pictures",
		html: "<canvas id=c width=20 height=20></canvas><img id=i alt=x src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='><main id=root></main>",
		steps: [
			"c.getContext('2d').fillRect(0, 0, 9, 9)",
			"c.width = 30",
			"i.src = i.src + '#2'",
			"root.append(c)",
			"i.removeAttribute('src')",
			'root.innerHTML = \'<picture><source srcset="/a.png 2x"><img src="/a.png"></picture>\'',
		],
	},
	{
		name: "styles whose text changes",
		html: "<style id=s>.a { top: 1px }</style><main id=root></main>",
		steps: [
			"s.textContent = '.b:hover { top: 2px }'",
			"s.append('.c { left: 3px }')",
			"s.append('.d:hover { left: 4px }')",
			"s.childNodes[1].data = '.e { left: 5px }'",
			"s.firstChild.remove()",
			"document.head.insertAdjacentHTML('beforeend', '<style>.f { top: 1px }</style>')",
			"s.sheet.insertRule('.g { top: 1px }', 0)",
			"root.append(s)",
			"s.media = 'print'; s.disabled = true",
		],
	},
	{
		name: "a style of several texts",
		html: "<style id=s></style><main id=root></main><script>s.append('.a { top: 1px }'); s.append('.b:hover { top: 2px }'); s.append('.c { top: 3px }')</script>",
		steps: [
			"s.append('.d { top: 4px }')",
			"s.childNodes[1].data = '.bb { top: 2px }'",
			"s.sheet.insertRule('.z { top: 0 }', 1)",
			"s.childNodes[0].remove()",
			"s.prepend('.front { top: 1px }')",
		],
	},
	{
		name: "what extensions put behind the body",
		html: "<main id=root>x</main>",
		steps: [
			"document.documentElement.append(Object.assign(document.createElement('div'), {id: 'behind'}))",
			"document.getElementById('behind').innerHTML = '<b>x</b>'",
			"document.documentElement.insertBefore(document.createElement('aside'), document.getElementById('behind'))",
			"document.documentElement.className = 'dark'",
		],
	},
	{
		name: "a shop",
		html: `<header><a href=/cart>cart (<span id=count>0</span>)</a></header><main id=root>${Array.from({ length: 12 }, (_, at) => `<article class=card id=p${at}><h2>Thing ${at}</h2><button>Add</button><p class=price>${at} €</p></article>`).join("")}</main><aside id=cart hidden><ul></ul></aside>`,
		steps: Array.from(
			{ length: 18 },
			(_, at) =>
				`count.textContent = ${at + 1}; cart.hidden = ${at % 3 === 0}; cart.querySelector('ul').insertAdjacentHTML('beforeend', '<li>Thing ${at}<input type=number value=1></li>'); root.append(p${(at * 5) % 12}); p${at % 12}.querySelector('p').firstChild.data = '${at * 3} €'; p${(at * 7) % 12}.classList.toggle('sold'); ${at % 6 === 5 ? "cart.querySelector('li').remove()" : ""}`,
		),
	},
];

/** A page with its steps, one every few milliseconds. */
export function writePage({ html, steps }: RecordedPage): string {
	const run = steps.map((step) => (step === "rest" ? "null" : `() => { ${step} }`)).join(",\n");
	return `<!doctype html><html><head><title>recorded</title></head><body>${html}
<script>addEventListener("load", async () => {
	const wait = (ms) => new Promise((done) => setTimeout(done, ms));
	// Names stay when their elements go.
	for (const node of document.querySelectorAll("[id]")) if (node.id !== "name") window[node.id] = node;
	await wait(30);
	for (const step of [${run}]) {
		if (step === null) await wait(130);
		else try { step(); } catch (error) { console.error(String(error)); }
		await wait(8);
	}
	await wait(120);
	window.isDone = true;
});</script></body></html>`;
}
