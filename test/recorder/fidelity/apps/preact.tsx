/** @jsxImportSource preact */
// Preact with signals: texts that change past the components, fragments that are keyed, a portal, pictures.
import { computed, signal } from "@preact/signals";
import { Fragment, render } from "preact";
import { createPortal } from "preact/compat";
import { createItems, createPlace, type Item, openApp, shuffle } from "./open-app.ts";

const items = signal(createItems(10));
const count = signal(0);
const view = signal({ isOpen: false, isTable: false, width: 30 });
const total = computed(() => items.value.reduce((sum, { stock }) => sum + stock, 0));

function Entry({ item }: { item: Item }) {
	return (
		<>
			<dt id={`t${item.id}`}>{item.name}</dt>
			<dd style={{ width: item.stock * 10, background: "gold" }}>
				{item.stock} {item.stock > 9 ? <b>many</b> : "few"}
			</dd>
		</>
	);
}

function List() {
	return view.value.isTable ? (
		<table>
			<tbody>
				{items.value.map((item) => (
					<tr key={item.id}>
						<td>{item.name}</td>
						<td>{item.group}</td>
					</tr>
				))}
			</tbody>
		</table>
	) : (
		<dl>
			{items.value.map((item) => (
				<Fragment key={item.id}>
					<Entry item={item} />
				</Fragment>
			))}
		</dl>
	);
}

function Page() {
	const { isOpen, width } = view.value;
	return (
		<div>
			<p>
				{count} of {total}
			</p>
			<button id="more" type="button" onClick={() => count.value++}>
				More
			</button>
			<List />
			<svg role="img" aria-label="stock" width={width} height="30" viewBox={`0 0 ${width} 30`}>
				<polyline points={items.value.map(({ stock }, at) => `${at * 9},${stock}`).join(" ")} />
				<foreignObject width={width} height="20">
					<span>{width}</span>
				</foreignObject>
			</svg>
			<div dangerouslySetInnerHTML={{ __html: `<em>${total.value}</em> written` }} />
			{isOpen && createPortal(<div role="dialog">over all, {count}</div>, document.body)}
		</div>
	);
}

const place = createPlace();
render(<Page />, place);
openApp({
	set: (part: Partial<typeof view.value>) => {
		view.value = { ...view.value, ...part };
	},
	shuffle: (turn: number) => {
		items.value = shuffle(items.value, turn);
	},
	stock: (by: number) => {
		items.value = items.value.map((item) => ({ ...item, stock: (item.stock + by) % 13 }));
	},
	insert: (at: number, id: number) => {
		items.value = items.value.toSpliced(at, 1, ...createItems(3, id));
	},
	unmount: () => render(null, place),
});
