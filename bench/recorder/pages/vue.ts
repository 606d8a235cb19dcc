// Vue: a board of cards that move between columns and change their order, as when others work on it too.
import { createApp, reactive } from "vue";
import { startPage } from "../live/live-page.ts";
import { createRandom, type Random } from "../live/random.ts";

interface Card {
	id: number;
	title: string;
	tags: string[];
	isDone: boolean;
}

interface Column {
	name: string;
	cards: Card[];
}

const COLUMNS = ["Later", "Next", "Doing", "Done"];
const CARDS = 30;

const board = reactive({ columns: createColumns(createRandom(1)), title: "", made: 1000 });

const place = document.createElement("main");
document.body.append(place);
createApp({
	setup() {
		const move = (from: number, card: Card): void => {
			const left = board.columns[from];
			if (left === undefined) return;
			left.cards = left.cards.filter(({ id }) => id !== card.id);
			board.columns[(from + 1) % board.columns.length]?.cards.unshift(card);
		};
		const add = (): void => {
			if (board.title === "") return;
			const card = { id: board.made++, title: board.title, tags: ["new"], isDone: false };
			board.columns[0]?.cards.unshift(card);
			board.title = "";
		};
		return { board, move, add };
	},
	template: `
		<h1>Board</h1>
		<form @submit.prevent="add">
			<input data-bench="type" v-model="board.title" placeholder="What is to be done?">
			<button data-bench="press">Add</button>
		</form>
		<div class="columns">
			<section v-for="(column, index) in board.columns" :key="column.name" class="column" data-bench="scroll">
				<h2>{{ column.name }} <small>{{ column.cards.length }}</small></h2>
				<TransitionGroup name="cards" tag="div">
					<article v-for="card in column.cards" :key="card.id" class="card" :class="{ done: card.isDone }">
						<label><input type="checkbox" data-bench="press" v-model="card.isDone"> {{ card.title }}</label>
						<p><span v-for="tag in card.tags" class="tag">{{ tag }} </span></p>
						<button data-bench="press" @click="move(index, card)">Move on</button>
					</article>
				</TransitionGroup>
			</section>
		</div>`,
}).mount(place);

startPage({
	everyMs: 200,
	tick(step, random) {
		const column = board.columns[random.below(COLUMNS.length)];
		const other = board.columns[random.below(COLUMNS.length)];
		if (step % 3 === 0) column?.cards.reverse();
		const [card] = column?.cards.splice(random.below(column.cards.length), 1) ?? [];
		if (card) other?.cards.splice(random.below(other.cards.length + 1), 0, card);
	},
});

function createColumns(random: Random): Column[] {
	return COLUMNS.map((name, column) => ({
		name,
		cards: Array.from({ length: CARDS }, (_, index) => ({
			...{ id: column * CARDS + index, title: random.words(4), isDone: random.below(3) === 0 },
			tags: random.words(2).split(" "),
		})),
	}));
}
