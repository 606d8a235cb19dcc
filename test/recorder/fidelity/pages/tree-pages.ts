// Pages that move, rebuild and grow their trees: shadow trees, frames, custom elements, long lists, storms.
import type { FidelityPage } from "../fidelity-page.ts";

const SWAPS = 12;
const items = (count: number) =>
	Array.from({ length: count }, (_, at) => `<li id=i${at}><b>${at}</b></li>`).join("");
/** A generator with a seed, as a line of script. */
const RANDOM =
	"let state = SEED; const below = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n };";

export const treePages: readonly FidelityPage[] = [
	{
		name: "a list of 20,000 rows",
		checkpoints: 2,
		html: "<ul id=root></ul>",
		steps: [
			"root.innerHTML = Array.from({ length: 20000 }, (_, at) => '<li>' + at).join('')",
			"root.children[10000].textContent = 'changed'; root.children[19999].remove(); root.prepend(root.children[777])",
			"for (let k = 0; k < 500; k++) root.children[k * 30].className = 'x'",
			"for (let k = 0; k < 300; k++) root.insertBefore(root.children[19000 - k], root.children[k * 7])",
		],
	},
	{
		name: "a list that scrolls and recycles its rows",
		html: "<div id=root style='height:200px;overflow:auto'><div id=all style='height:60000px;position:relative'></div></div>",
		steps: Array.from(
			{ length: 14 },
			(_, at) =>
				`root.scrollTop = ${at * 400}; for (let k = 0; k < 12; k++) { const row = all.children[k] ?? all.appendChild(document.createElement('p')); row.style.cssText = 'position:absolute;margin:0;top:' + (${at * 400} + k * 20) + 'px'; row.textContent = 'row ' + (${at * 20} + k); if (k === ${at % 12}) all.append(row) }`,
		),
	},
	{
		name: "rows that are swapped",
		html: `<ul id=root>${items(20)}</ul>`,
		steps: Array.from(
			{ length: SWAPS },
			(_, at) =>
				`const [a, b] = [root.children[${(at * 3) % 20}], root.children[${(at * 11 + 5) % 20}]]; const place = document.createElement('i'); a.replaceWith(place); b.replaceWith(a); place.replaceWith(b)`,
		),
	},
	{
		name: "rows that are reversed and shuffled",
		html: `<ul id=root>${items(30)}</ul>`,
		steps: [
			"root.append(...[...root.children].reverse())",
			"for (const one of [...root.children]) root.prepend(one)",
			...Array.from(
				{ length: 8 },
				(_, at) =>
					`${RANDOM.replace("SEED", String(at + 1))} for (let k = 0; k < 60; k++) root.insertBefore(root.children[below(30)], root.children[below(31)] ?? null)`,
			),
			"root.replaceChildren(...[...root.children].filter((_, at) => at % 2))",
		],
	},
	{
		name: "elements that move under one another",
		html: `<main id=root>${items(25).replaceAll("li", "div")}</main>`,
		steps: Array.from(
			{ length: 16 },
			(_, at) =>
				`${RANDOM.replace("SEED", String(at + 40))} const all = [...root.querySelectorAll('div')]; for (let k = 0; k < 12; k++) { const [a, b] = [all[below(all.length)], all[below(all.length)]]; if (!a.contains(b)) b.insertBefore(a, b.childNodes[below(b.childNodes.length + 1)] ?? null) }`,
		),
	},
	{
		name: "nodes that leave and come back",
		html: `<ul id=root>${items(8)}</ul><div id=store></div>`,
		steps: [
			"i1.remove(); root.append(i1)",
			"i2.remove(); i2.textContent = 'changed'; root.prepend(i2)",
			"i3.remove()",
			"i3.className = 'away'; i3.append('grown'); i3.firstChild.remove()",
			"root.append(i3)",
			"i4.remove(); store.append(i4); i4.remove(); root.append(i4)",
			"i5.remove(); i5.append(i6); root.append(i5)",
			"const b = i7.firstChild; i7.remove(); store.append(b); root.append(i7); i7.append('x')",
			"store.append(root.firstChild); await 0; root.append(store.firstChild)",
			"const one = document.createElement('li'); root.append(one); one.remove(); one.id = 'late'; root.append(one); one.append('late')",
			"const one = document.createElement('li'); root.append(one); one.append(document.createElement('u')); one.firstChild.append('deep'); root.insertBefore(one, root.firstChild); one.remove()",
			"i0.remove(); await new Promise((done) => setTimeout(done, 30)); i0.append(i1); root.append(i0)",
			"root.remove(); root.append('while away'); document.body.append(root)",
			"root.remove(); await 0; root.firstChild.remove(); document.body.prepend(root)",
		],
	},
	{
		name: "texts that are split and joined",
		html: "<p id=root>one two three four five</p>",
		steps: [
			"root.firstChild.splitText(4)",
			"root.childNodes[1].splitText(4).splitText(6)",
			"root.insertBefore(document.createElement('b'), root.childNodes[2])",
			"root.normalize()",
			"root.firstChild.replaceData(0, 3, 'ONE')",
			"root.append('', 'tail', '')",
			"root.normalize()",
			"getSelection().selectAllChildren(root); const range = getSelection().getRangeAt(0); range.surroundContents(document.createElement('em')); getSelection().removeAllRanges()",
			"const range = document.createRange(); range.setStart(root.querySelector('em').firstChild, 2); range.setEndAfter(root.querySelector('b')); root.append(range.extractContents())",
			"root.firstChild.textContent = ''",
		],
	},
	{
		name: "markup that is written over",
		html: "<main id=root><p id=p>one</p></main>",
		steps: [
			"root.innerHTML += '<p>two</p>'",
			"root.firstElementChild.outerHTML = '<h1>was p</h1> tail'",
			"root.insertAdjacentHTML('beforebegin', '<hr><!-- c -->')",
			"root.insertAdjacentElement('afterend', document.createElement('aside'))",
			"root.innerText = 'line\\nline'",
			"root.outerHTML = '<main id=again><i>new</i></main>'",
			"document.body.innerHTML = '<p>all new</p>'.repeat(5)",
			"document.body.children[2].replaceWith('text', document.createElement('b'), 'text')",
			"document.body.setHTMLUnsafe?.('<div>unsafe</div>')",
		],
	},
	{
		name: "a document that is written anew",
		html: "<main id=root>first</main>",
		steps: [
			"document.open(); document.write('<!doctype html><title>second</title><p id=p>second</p>'); document.close()",
			"document.body.append('more')",
			"document.getElementById('p').remove()",
		],
	},
	{
		name: "fragments and nodes of other documents",
		html: "<main id=root></main>",
		steps: [
			"const part = document.createDocumentFragment(); for (let k = 0; k < 5; k++) part.append(Object.assign(document.createElement('p'), { textContent: k })); root.append(part)",
			"const part = document.createDocumentFragment(); part.append(...root.children); root.append(part)",
			"const other = document.implementation.createHTMLDocument('x'); other.body.innerHTML = '<b>adopted</b>'; root.append(other.body.firstChild)",
			"const other = new DOMParser().parseFromString('<section><i>parsed</i></section>', 'text/html'); root.prepend(document.adoptNode(other.body.firstChild))",
			"const other = new DOMParser().parseFromString('<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"/></svg>', 'image/svg+xml'); root.append(document.importNode(other.documentElement, true))",
			"root.append(document.createRange().createContextualFragment('<u>made</u> of <s>range</s>'))",
			"const part = document.createDocumentFragment(); part.append(root.firstChild); part.firstChild.append('in part'); root.append(part)",
		],
	},
	{
		name: "very deep nesting",
		checkpoints: 4,
		html: "<main id=root></main>",
		steps: [
			"let inner = root; for (let k = 0; k < 300; k++) inner = inner.appendChild(document.createElement('div')); inner.id = 'deep'; inner.append('bottom'); window.deep = inner",
			"deep.append(document.createElement('b')); deep.parentNode.className = 'near'",
			"root.firstChild.firstChild.replaceWith(deep)",
			"let outer = root.firstChild; for (let k = 0; k < 200; k++) { const one = document.createElement('i'); outer.replaceWith(one); one.append(outer); outer = one }",
		],
	},
	{
		name: "shadow trees that the parser made",
		html: "<x-host id=root><template shadowrootmode=open><style>p { color: red }</style><p>shadow <slot name=a></slot></p><slot></slot></template><b slot=a>named</b>light</x-host><div id=plain><template shadowrootmode=open><x-in><template shadowrootmode=open><u>deep</u></template></x-in></template></div>",
		steps: [
			"root.shadowRoot.querySelector('p').append('more')",
			"plain.shadowRoot.firstChild.shadowRoot.append('deeper')",
			"root.querySelector('b').slot = 'none'",
			"root.shadowRoot.querySelector('style').sheet.insertRule('u { top: 1px }')",
			"document.body.setHTMLUnsafe?.('<x-late><template shadowrootmode=open><i>late</i></template></x-late>')",
			"document.body.firstElementChild?.shadowRoot?.append('more')",
		],
	},
	{
		name: "nested shadow trees with slots that move",
		html: "<x-outer id=root><i>a</i><i slot=s>b</i></x-outer><script>for (const [name, html] of [['x-inner', '<b><slot></slot></b><em>0</em>'], ['x-outer', '<x-inner><slot></slot></x-inner><slot name=s>fallback</slot>']]) customElements.define(name, class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = html } })</script>",
		steps: [
			"root.shadowRoot.firstChild.shadowRoot.querySelector('em').textContent = '1'",
			"root.append(document.createElement('x-inner'))",
			"root.lastChild.append('slotted'); root.lastChild.shadowRoot.querySelector('em').className = 'x'",
			"root.querySelector('[slot]').removeAttribute('slot')",
			"document.body.append(document.createElement('x-outer'))",
			"document.body.lastChild.innerHTML = '<x-outer><i>in in</i></x-outer>'",
			"document.body.lastChild.firstChild.shadowRoot.append('x')",
			"root.shadowRoot.append(document.createElement('hr'))",
		],
	},
	{
		name: "nodes that move between shadow trees",
		html: "<div id=a></div><div id=b></div><main id=root><p id=p>one</p></main>",
		steps: [
			"for (const host of [a, b]) host.attachShadow({ mode: 'open' }).innerHTML = '<section></section>'",
			"a.shadowRoot.firstChild.append(p)",
			"p.append('in a')",
			"b.shadowRoot.firstChild.append(p)",
			"p.className = 'in-b'; b.shadowRoot.append(document.createElement('hr'))",
			"root.append(p)",
			"root.append(a)",
			"a.shadowRoot.append('after the move')",
			"b.shadowRoot.append(document.createElement('div')); b.shadowRoot.lastChild.attachShadow({ mode: 'open' }).innerHTML = '<i>deep</i>'",
			"b.shadowRoot.lastChild.shadowRoot.append(p)",
			"root.append(p)",
		],
	},
	{
		name: "hosts that leave and come back",
		html: "<div id=a></div><main id=root></main>",
		steps: [
			"a.attachShadow({ mode: 'open' }).innerHTML = '<p>one</p>'",
			"a.remove(); root.append(a)",
			"a.shadowRoot.firstChild.append('more')",
			"a.remove()",
			"a.shadowRoot.append('while away')",
			"root.append(a)",
			"a.shadowRoot.firstChild.remove()",
			"const wrap = document.createElement('section'); root.append(wrap); wrap.append(a)",
			"a.shadowRoot.append('at the end')",
		],
	},
	{
		name: "closed shadow trees beside open ones",
		html: "<x-open id=root></x-open><script>customElements.define('x-open', class extends HTMLElement { connectedCallback() { if (!this.shadowRoot) { this.attachShadow({ mode: 'open' }); this.shadowRoot.innerHTML = '<p>' + this.localName + '</p>' } } static observedAttributes = ['count']; attributeChangedCallback(_n, _o, value) { this.shadowRoot?.querySelector('p').append(value) } })</script>",
		steps: [
			"root.setAttribute('count', 1)",
			"document.body.append(document.createElement('x-open'), document.createElement('x-open'))",
			"document.body.lastChild.setAttribute('count', 2)",
			"root.setAttribute('count', 3); root.remove(); document.body.append(root)",
		],
	},
	{
		name: "elements that are upgraded and extended",
		html: "<x-later id=root>light</x-later><button is=x-button id=btn>b</button><main id=place></main>",
		steps: [
			"place.append(document.createElement('x-later'))",
			"customElements.define('x-later', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot><i>up</i>' } connectedCallback() { this.setAttribute('up', '') } })",
			"customElements.define('x-button', class extends HTMLButtonElement { connectedCallback() { this.append('!') } }, { extends: 'button' })",
			"place.append(document.createElement('button', { is: 'x-button' }))",
			"place.firstChild.shadowRoot.append('more')",
			"root.shadowRoot.querySelector('i').textContent = 'changed'",
			"place.innerHTML = '<x-later>again</x-later>'",
		],
	},
	{
		name: "a frame that is written by script",
		html: "<main id=root><iframe id=f></iframe></main>",
		steps: [
			"f.contentDocument.open(); f.contentDocument.write('<!doctype html><title>in</title><p>written</p>'); f.contentDocument.close()",
			"rest",
			"f.contentDocument.body.append('more')",
			"f.contentDocument.head.append(Object.assign(f.contentDocument.createElement('style'), { textContent: 'p { color: red }' }))",
			"f.contentDocument.styleSheets[0].insertRule('b { top: 1px }')",
			"f.contentDocument.body.attachShadow({ mode: 'open' }).innerHTML = '<i>shadow</i><slot></slot>'",
			"rest",
			"f.contentDocument.body.shadowRoot.append('deep')",
			"f.contentDocument.body.innerHTML = ''",
		],
	},
	{
		name: "blank frames that are filled node by node",
		html: "<main id=root></main>",
		steps: [
			"window.f = document.createElement('iframe'); root.append(f); f.contentDocument.body.innerHTML = '<p>at once</p>'",
			"rest",
			"f.contentDocument.body.append(document.createElement('hr'))",
			"f.contentDocument.body.append(Object.assign(document.createElement('iframe'), { id: 'in' }))",
			"rest",
			"f.contentDocument.getElementById('in').contentDocument.body.append('inside')",
			"rest",
			"f.style.width = '500px'",
		],
	},
	{
		name: "frames that leave and come back",
		html: "<main id=root><iframe id=f srcdoc='<p>one</p>'></iframe></main><div id=other></div>",
		steps: [
			"rest",
			"f.contentDocument.body.append('more')",
			"other.append(f)",
			"rest",
			"f.contentDocument.body.append('after the move')",
			"f.remove()",
			"rest",
			"root.append(f)",
			"rest",
			"f.contentDocument.body.append('back again')",
			"f.srcdoc = '<h1>two</h1>'",
			"rest",
		],
	},
	{
		name: "nodes that move between frames",
		html: "<main id=root><p id=p>one</p></main><iframe id=f></iframe>",
		steps: [
			"f.contentDocument.body.append('frame')",
			"rest",
			"f.contentDocument.body.append(p)",
			"p.append('in frame')",
			"rest",
			"root.append(p)",
			"p.append('back')",
			"root.append(document.importNode(f.contentDocument.body.firstChild, true))",
		],
	},
	{
		name: "frames with files of their own",
		html: "<main id=root><iframe id=f src=/inner.html></iframe></main>",
		files: {
			"/inner.html": {
				type: "text/html",
				body: "<!doctype html><link rel=stylesheet href=/inner.css><p id=p>inner</p><iframe src=/deep.html></iframe>",
			},
			"/inner.css": { type: "text/css", body: "p { color: rgb(1, 2, 3) }" },
			"/deep.html": { type: "text/html", body: "<!doctype html><b>deep</b>" },
			"/next.html": { type: "text/html", body: "<!doctype html><b>next</b>" },
		},
		steps: [
			"rest",
			"rest",
			"f.contentDocument.getElementById('p').append('more')",
			"f.contentDocument.querySelector('iframe').contentDocument.body.append('deeper')",
			"rest",
			"f.src = '/next.html'",
			"rest",
			"rest",
			"f.contentDocument.body.append('after')",
		],
	},
	{
		name: "regions that scroll",
		html: `<div style='height:2500px;width:2500px'><div id=root style='height:100px;width:200px;overflow:auto'><div style='height:900px;width:900px'>x</div></div><div id=two style='height:80px;overflow:scroll'>${"<p>line</p>".repeat(40)}</div></div>`,
		steps: [
			"root.scrollTo(100, 200)",
			"rest",
			"two.scrollTop = 300; scrollTo(50, 20)",
			"rest",
			"two.lastElementChild.scrollIntoView()",
			"rest",
			"root.firstChild.style.height = '300px'",
			"rest",
			"scrollTo(0, 1500)",
			"rest",
			"two.scrollTop = 0; document.body.append('x')",
			"rest",
		],
	},
	{
		name: "a region that is scrolled when it comes",
		html: "<main id=root></main>",
		steps: [
			'root.innerHTML = \'<div style="height:50px;overflow:auto"><p style="height:900px">x</p></div>\'; root.firstChild.scrollTop = 120',
			"rest",
			"root.append(root.firstChild.cloneNode(true)); root.lastChild.scrollTop = 60",
			"rest",
			"root.lastChild.firstChild.append('more')",
		],
	},
	{
		name: "attributes by the thousand",
		html: `<ul id=root>${items(200)}</ul>`,
		steps: Array.from(
			{ length: 8 },
			(_, at) =>
				`for (const [k, one] of [...root.children].entries()) for (let n = 0; n < 6; n++) one.setAttribute('data-' + n, k * n + ${at}); for (const one of root.querySelectorAll('[data-0="${at}"]')) one.removeAttribute('data-0')`,
		),
	},
	{
		name: "a component library of cards",
		html: "<main id=root></main><script>customElements.define('x-card', class extends HTMLElement { static sheet = Object.assign(new CSSStyleSheet(), {}); constructor() { super(); this.attachShadow({ mode: 'open' }); this.constructor.sheet.replaceSync(':host { display: block } .n { color: teal }'); this.shadowRoot.adoptedStyleSheets = [this.constructor.sheet]; this.shadowRoot.innerHTML = '<h3><slot name=title></slot></h3><p class=n>0</p><slot></slot>' } bump() { const n = this.shadowRoot.querySelector('.n'); n.textContent = Number(n.textContent) + 1 } })</script>",
		steps: [
			"root.innerHTML = '<x-card><b slot=title>t</b>body</x-card>'.repeat(4)",
			"for (const card of root.children) card.bump()",
			"root.append(document.createElement('x-card'))",
			"root.children[1].bump(); root.children[2].remove(); root.lastChild.append('late')",
			"root.firstChild.after(document.createElement('x-card'))",
			"for (const card of root.children) { card.bump(); card.bump() }",
			"root.children[1].shadowRoot.append(document.createElement('x-card'))",
			"root.children[1].shadowRoot.lastChild.bump()",
		],
	},
	{
		name: "a view that is drawn anew by keys",
		html: "<main id=root></main>",
		steps: [
			"window.draw = (keys) => { const have = new Map([...root.children].map((one) => [one.dataset.key, one])); let after = null; for (const key of [...keys].reverse()) { const one = have.get(key) ?? Object.assign(document.createElement('p'), { innerHTML: '<b>' + key + '</b> <span>0</span>' }); one.dataset.key = key; have.delete(key); if (one.nextSibling !== after || !one.parentNode) root.insertBefore(one, after); one.lastChild.firstChild.data = keys.indexOf(key); after = one } for (const one of have.values()) one.remove() }",
			...["abcdef", "fedcba", "acegi", "xaybzc", "", "abc", "cab", "bcdaefgh", "hgfe"].map(
				(keys) => `draw('${keys}')`,
			),
		],
	},
	{
		name: "a counter beside a ticker",
		html: "<p id=root>0</p><ul id=log></ul>",
		steps: Array.from(
			{ length: 25 },
			(_, at) =>
				`root.firstChild.data = '${at}'; root.style.opacity = ${(at % 10) / 10}; log.prepend(Object.assign(document.createElement('li'), { textContent: 'tick ${at}' })); if (log.children.length > 7) log.lastChild.remove()`,
		),
	},
];
