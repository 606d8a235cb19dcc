/** @jsxImportSource react */
// Styles that components bring along, as the libraries for it do: a class by the hash of its CSS, its rule
// put into one sheet before the layout, thrown out when the last one that uses it is gone.
import { type ReactNode, useInsertionEffect, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createItems, createPlace, openApp } from "./open-app.ts";

const tag = document.createElement("style");
tag.setAttribute("data-css", "");
document.head.append(tag);
const uses = new Map<string, number>();

function useCss(body: string): string {
	const name = `c${[...body].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7) >>> 0}`;
	useInsertionEffect(() => {
		const sheet = tag.sheet as CSSStyleSheet;
		const used = uses.get(name) ?? 0;
		uses.set(name, used + 1);
		const rules = [
			`.${name} { ${body} }`,
			`@media (min-width: 300px) { .${name}:hover { top: 1px } }`,
		];
		if (used === 0) for (const rule of rules) sheet.insertRule(rule, sheet.cssRules.length);
		return () => {
			const left = (uses.get(name) ?? 1) - 1;
			uses.set(name, left);
			if (left > 0) return;
			for (let at = sheet.cssRules.length - 1; at >= 0; at--) {
				if (sheet.cssRules[at]?.cssText.includes(`.${name}`)) sheet.deleteRule(at);
			}
		};
	}, [name, body]);
	return name;
}

function Box({ hue, pad, children }: { hue: number; pad: number; children: ReactNode }) {
	const outer = useCss(`background: hsl(${hue} 60% 80%); padding: ${pad}px; position: relative`);
	const inner = useCss(`border-left: ${pad}px solid hsl(${hue} 60% 40%)`);
	return (
		<div className={outer}>
			<b className={`${inner} fixed`}>{children}</b>
		</div>
	);
}

let draw: (view: { hue: number; pad: number; count: number }) => void = () => undefined;

function Wall() {
	const [{ hue, pad, count }, setView] = useState({ hue: 0, pad: 2, count: 6 });
	draw = setView;
	return createItems(count).map(({ id, name }) => (
		<Box key={id} hue={hue + id * 20} pad={pad + (id % 3)}>
			{name}
		</Box>
	));
}

const root = createRoot(createPlace());
flushSync(() => root.render(<Wall />));
openApp({
	draw: (hue: number, pad: number, count: number) => draw({ hue, pad, count }),
	unmount: () => root.unmount(),
});
