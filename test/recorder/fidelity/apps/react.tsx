/** @jsxImportSource react */
// React: a keyed table that is sorted, filtered and shuffled, a dialog in a portal, a controlled form, a
// part that is loaded late, one that throws, and what React lifts into the head.
import {
	Component,
	createElement,
	lazy,
	type ReactNode,
	Suspense,
	startTransition,
	useDeferredValue,
	useRef,
	useState,
} from "react";
import { createPortal, flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { createItems, createPlace, type Item, openApp, shuffle } from "./open-app.ts";

type Column = "id" | "name" | "group" | "stock";
interface View {
	items: Item[];
	column: Column;
	word: string;
	isOpen: boolean;
	isLate: boolean;
	isBroken: boolean;
	theme: string;
}

const COLUMNS: readonly Column[] = ["id", "name", "group", "stock"];
const FIRST: View = {
	...{ items: createItems(24), column: "id", word: "", theme: "light" },
	...{ isOpen: false, isLate: false, isBroken: false },
};
let change: (part: Partial<View> | ((view: View) => Partial<View>)) => void = () => undefined;

const Late = lazy(async () => {
	await new Promise((resolve) => setTimeout(resolve, 60));
	return { default: () => <aside className="late">It came late.</aside> };
});

class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
	override state = { failed: false };
	static getDerivedStateFromError() {
		return { failed: true };
	}
	override render() {
		return this.state.failed ? <p role="alert">This part failed.</p> : this.props.children;
	}
}

function Fragile({ isBroken }: { isBroken: boolean }): ReactNode {
	if (isBroken) throw new Error("planned");
	return <p>This part stands.</p>;
}

function Row({ item }: { item: Item }) {
	const [marked, setMarked] = useState(false);
	return (
		<tr className={marked ? "marked" : undefined} data-id={item.id}>
			{COLUMNS.map((column) => (
				<td key={column}>{item[column]}</td>
			))}
			<td>
				<button type="button" aria-pressed={marked} onClick={() => setMarked(!marked)}>
					{marked ? "Unmark" : "Mark"}
				</button>
				{item.stock === 0 ? " sold out" : null}
			</td>
		</tr>
	);
}

function Form() {
	const [word, setWord] = useState("");
	const [sent, setSent] = useState<string[]>([]);
	const last = useRef<HTMLLIElement>(null);
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				flushSync(() => setSent([...sent, `entry of ${word.length} letters`]));
				last.current?.scrollIntoView();
				setWord("");
			}}
		>
			<input id="word" value={word} onChange={(event) => setWord(event.target.value)} />
			<button id="send" type="submit" disabled={word === ""}>
				Send
			</button>
			<ol style={{ height: 40, overflow: "auto" }}>
				{sent.map((text, at) => (
					<li key={text} ref={at === sent.length - 1 ? last : null}>
						{text}
					</li>
				))}
			</ol>
		</form>
	);
}

function Shop() {
	const [view, setView] = useState(FIRST);
	change = (part) =>
		setView((before) => ({ ...before, ...(typeof part === "function" ? part(before) : part) }));
	const word = useDeferredValue(view.word);
	const shown = view.items.filter(({ name }) => name.includes(word));
	return (
		<div className={`shop ${view.theme}`} style={{ ["--space" as string]: `${word.length}px` }}>
			<title>{`${shown.length} of ${view.items.length}`}</title>
			<style href={`theme-${view.theme}`} precedence="default">
				{`.shop.${view.theme} { color: ${view.theme === "dark" ? "white" : "black"}; background: ${view.theme === "dark" ? "#222" : "#fff"} }`}
			</style>
			<h1>Shop</h1>
			{word && <p>Only what has “{word}”:</p>}
			<table>
				<thead>
					<tr>
						{COLUMNS.map((column) => (
							<th key={column} aria-sort={view.column === column ? "ascending" : undefined}>
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{shown.map((item) => (
						<Row key={item.id} item={item} />
					))}
				</tbody>
			</table>
			<Form />
			<Boundary>
				<Fragile isBroken={view.isBroken} />
			</Boundary>
			<Suspense fallback={<p>Loading …</p>}>{view.isLate ? <Late /> : null}</Suspense>
			{createElement("x-badge", { count: shown.length }, "badge")}
			{view.isOpen &&
				createPortal(
					<div role="dialog" className="over">
						<button id="close" type="button" onClick={() => change({ isOpen: false })}>
							Close
						</button>
						<Row item={FIRST.items[0] as Item} />
					</div>,
					document.body,
				)}
		</div>
	);
}

const root = createRoot(createPlace(), { onCaughtError: () => undefined });
flushSync(() => root.render(<Shop />));
openApp({
	sort: (column: Column) =>
		change(({ items }) => ({
			column,
			items: [...items].sort((a, b) => (a[column] < b[column] ? -1 : 1)),
		})),
	shuffle: (turn: number) => change(({ items }) => ({ items: shuffle(items, turn) })),
	filter: (word: string) => startTransition(() => change({ word })),
	insert: (at: number, id: number) =>
		change(({ items }) => ({ items: items.toSpliced(at, 0, ...createItems(2, id)) })),
	drop: (at: number) => change(({ items }) => ({ items: items.toSpliced(at, 3) })),
	set: (part: Partial<View>) => change(part),
	unmount: () => root.unmount(),
});
