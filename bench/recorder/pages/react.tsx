/** @jsxImportSource react */
// React: a table of orders that can be filtered, sorted and chosen from, while prices change in it.
import { useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { startPage } from "../live/live-page.ts";
import { createRandom, type Random } from "../live/random.ts";

interface Order {
	id: number;
	customer: string;
	item: string;
	price: number;
	state: string;
}

const ORDERS = 400;
const CHANGED = 12;
const STATES = ["open", "paid", "sent", "returned"];
const COLUMNS = ["id", "customer", "item", "price", "state"] as const;

/** Where the ticks come in; React's own state is behind it. */
const feed = new EventTarget();

function createOrders(random: Random): Order[] {
	return Array.from({ length: ORDERS }, (_, id) => ({
		...{ id, customer: random.words(2), item: random.words(3), price: random.below(50_000) },
		state: STATES[random.below(STATES.length)] ?? "",
	}));
}

function Orders({ first }: { first: Order[] }) {
	const [orders, setOrders] = useState(first);
	const [filter, setFilter] = useState("");
	const [sort, setSort] = useState<(typeof COLUMNS)[number]>("id");
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
	useEffect(() => {
		const onTick = (event: Event) => {
			const changes = (event as CustomEvent<Map<number, number>>).detail;
			setOrders((before) =>
				before.map((order) => ({ ...order, price: changes.get(order.id) ?? order.price })),
			);
		};
		feed.addEventListener("tick", onTick);
		return () => feed.removeEventListener("tick", onTick);
	}, []);
	const shown = useMemo(() => {
		// Letters in any order, so that what is typed never leaves an empty table.
		const letters = [...filter].slice(-2);
		return orders
			.filter(({ customer }) => letters.every((letter) => customer.includes(letter)))
			.sort((a, b) => (a[sort] < b[sort] ? -1 : 1));
	}, [orders, filter, sort]);
	const toggle = (id: number) => {
		setChosen(
			(before) =>
				new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
		);
	};
	return (
		<main>
			<h1>Orders</h1>
			<p>
				<input
					data-bench="type"
					value={filter}
					onChange={(event) => setFilter(event.target.value)}
				/>
				<output>
					{shown.length} shown, {chosen.size} chosen
				</output>
			</p>
			<div className="list" data-bench="scroll">
				<table>
					<thead>
						<tr>
							{COLUMNS.map((column) => (
								<th key={column} data-bench="press" onClick={() => setSort(column)}>
									{column} {sort === column ? "▾" : ""}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map(({ id, customer, item, price, state }) => (
							<tr key={id} className={chosen.has(id) ? "row-chosen" : ""}>
								<td>
									<input
										type="checkbox"
										data-bench="press"
										checked={chosen.has(id)}
										onChange={() => toggle(id)}
									/>
									{id}
								</td>
								<td>{customer}</td>
								<td>{item}</td>
								<td className="price">{(price / 100).toFixed(2)} €</td>
								<td>
									<span className={`state-${state}`}>{state}</span>
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</main>
	);
}

const place = document.createElement("div");
document.body.append(place);
const root = createRoot(place);
flushSync(() => root.render(<Orders first={createOrders(createRandom(1))} />));

startPage({
	everyMs: 200,
	tick(_, random) {
		const changes = Array.from({ length: CHANGED }, (): [number, number] => [
			random.below(ORDERS),
			random.below(50_000),
		]);
		feed.dispatchEvent(new CustomEvent("tick", { detail: new Map(changes) }));
	},
});
