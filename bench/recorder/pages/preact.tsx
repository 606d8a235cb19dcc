/** @jsxImportSource preact */
// Preact with signals: a dashboard whose figures and curves move all the time.
import { computed, type Signal, signal } from "@preact/signals";
import { render } from "preact";
import { startPage } from "../live/live-page.ts";
import { createRandom } from "../live/random.ts";

const TILES = 36;
const POINTS = 40;
const TABS = ["Sales", "Visits", "Stock"];

const seeded = createRandom(1);
const tiles = Array.from({ length: TILES }, () => ({
	name: seeded.words(2),
	values: signal(Array.from({ length: POINTS }, () => seeded.below(100))),
}));
const tab = signal(0);
const note = signal("");
const total = computed(() =>
	tiles.reduce((sum, { values }) => sum + (values.value.at(-1) ?? 0), 0),
);

function Tile({ name, values }: { name: string; values: Signal<number[]> }) {
	const last = values.value.at(-1) ?? 0;
	const before = values.value.at(-2) ?? 0;
	const points = values.value.map((value, index) => `${index * 4},${50 - value / 2}`).join(" ");
	return (
		<div class={`tile ${last > before ? "up" : "down"}`} title={name}>
			<h3>{name}</h3>
			<strong>{last}</strong> <small>{last - before} %</small>
			<svg width="160" height="52" role="img" aria-label={name}>
				<polyline points={points} fill="none" stroke="#48a" />
				<circle cx={(POINTS - 1) * 4} cy={50 - last / 2} r="3" />
			</svg>
		</div>
	);
}

function Dashboard() {
	return (
		<main>
			<h1>{TABS[tab.value]}</h1>
			<nav>
				{TABS.map((name, index) => (
					<button
						type="button"
						key={name}
						data-bench="press"
						aria-pressed={tab.value === index}
						onClick={() => {
							tab.value = index;
						}}
					>
						{name}
					</button>
				))}
				<input
					data-bench="type"
					value={note.value}
					onInput={({ currentTarget }) => {
						note.value = currentTarget.value;
					}}
				/>
				<output>
					{total.value} {note.value.length}
				</output>
			</nav>
			<div class="tiles list" data-bench="scroll">
				{tiles.slice(tab.value * 4).map(({ name, values }) => (
					<Tile key={name} name={name} values={values} />
				))}
			</div>
		</main>
	);
}

const place = document.createElement("div");
document.body.append(place);
render(<Dashboard />, place);

startPage({
	everyMs: 100,
	tick(_, random) {
		for (const { values } of tiles) {
			if (random.below(2) === 0) values.value = [...values.value.slice(1), random.below(100)];
		}
	},
});
