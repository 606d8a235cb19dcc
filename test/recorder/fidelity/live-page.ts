// Runs in the recorded page: starts an engine, takes the steps that it is given, and says at a checkpoint
// what the page shows and how many events there were by then. It writes nothing to the document.
import type { RrwebEvent } from "../../../protocol/packed-event.ts";
import type { Engine } from "./engine.ts";
import { type NormalNode, normalizeDocument } from "./normal-tree.ts";
import { createMutations } from "./random-mutations.ts";

export interface Checkpoint {
	/** Events emitted so far. */
	events: number;
	tree: NormalNode;
}

export interface LivePage {
	/** Takes steps one after another, each in a task of its own; a step that throws ends it. */
	run(steps: readonly string[]): Promise<void>;
	/** Waits until the engine has settled. */
	checkpoint(): Promise<Checkpoint>;
	events(): readonly RrwebEvent[];
	/** For steps that change the page at random. */
	createMutations: typeof createMutations;
}

declare global {
	interface Window {
		live: LivePage;
	}
}

const REST_MS = 130;
const STEP_MS = 8;

export function openLivePage(engine: Engine): void {
	// Frames get the script as well; they are recorded from the page.
	if (window.top !== window) return;
	const recorded: RrwebEvent[] = [];
	let begun = false;
	document.addEventListener("DOMContentLoaded", () =>
		engine.start((event) => recorded.push(event)),
	);
	window.live = {
		async run(steps) {
			if (!begun) nameElements();
			begun = true;
			for (const step of steps) {
				await (step === "rest" ? wait(REST_MS) : takeStep(step));
				await wait(STEP_MS);
			}
		},
		async checkpoint() {
			await engine.settle();
			return { events: recorded.length, tree: normalizeDocument(document) };
		},
		events: () => recorded,
		createMutations,
	};
}

/** Names stay when their elements go. `name` is the window's own. */
function nameElements(): void {
	for (const node of document.querySelectorAll("[id]")) {
		if (node.id !== "name") Reflect.set(window, node.id, node);
	}
}

async function takeStep(step: string): Promise<void> {
	try {
		await new Function(`return (async () => { ${step} })()`)();
	} catch (cause) {
		throw new Error(`step ${step}`, { cause });
	}
}

function wait(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
