// Svelte: a conversation that grows by two messages a second.
import { flushSync, mount } from "svelte";
import Chat from "../live/chat.svelte";
import { startPage } from "../live/live-page.ts";
import { createRandom, type Random } from "../live/random.ts";

interface Message {
	id: number;
	author: string;
	text: string;
	likes: number;
}

interface Handle {
	add(message: Message): void;
	setTyping(value: boolean): void;
}

const FIRST = 150;
/** The visitor's own messages are numbered from 0 on. */
const IDS = 100_000;

const place = document.createElement("div");
document.body.append(place);
const random = createRandom(1);
const handles: Handle[] = [];
mount(Chat, {
	target: place,
	props: {
		first: Array.from({ length: FIRST }, (_, index) => createMessage(IDS + index, random)),
		onready: (handle: Handle) => handles.push(handle),
	},
});
flushSync();

startPage({
	everyMs: 250,
	tick(step, seeded) {
		for (const handle of handles) {
			handle.setTyping(step % 2 === 0);
			if (step % 2 === 1) handle.add(createMessage(IDS + FIRST + step, seeded));
		}
	},
});

function createMessage(id: number, seeded: Random): Message {
	const author = seeded.words(1);
	return { id, author, text: seeded.words(6 + seeded.below(30)), likes: seeded.below(4) };
}
