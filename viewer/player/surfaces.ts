// Two places for a stage: one is looked at while the other is being built, and they change when the new
// page stands there whole. So nobody sees a page without its styles, a white frame, or one that broke on
// the way; the one before stays until then.
import { type Signal, signal } from "@preact/signals";
import type { ReplayEvent } from "../../protocol/api.ts";
import { createStage, type Size, type Stage } from "./stage.ts";

/** Where the browser draws nothing, as in a tab behind others, nobody waits for a frame. */
const FRAME_CAP_MS = 150;

export interface ShowOptions {
	events: readonly ReplayEvent[];
	/** Epoch ms. */
	at: number;
	speed: number;
	/** Asked again and again: a newer seek makes this one useless. */
	isWanted: () => boolean;
	/** Asked at the last moment: where the clock stands now, and whether it runs. */
	goOn: () => { at: number; playing: boolean };
}

export type Shown = { is: "shown" } | { is: "dropped" } | { is: "broken"; message: string };

export interface Surfaces {
	/** What is looked at. */
	readonly front: Stage | undefined;
	/** Of the page that is looked at. */
	readonly size: Signal<Size>;
	show(options: ShowOptions): Promise<Shown>;
	destroy(): void;
}

export function createSurfaces(root: HTMLElement): Surfaces {
	const size = signal<Size>({ width: 0, height: 0 });
	let front: { stage: Stage; room: HTMLElement } | undefined;
	let gone = false;

	const show = async ({ events, at, speed, isWanted, goOn }: ShowOptions): Promise<Shown> => {
		const room = createRoom(root);
		let stage: Stage | undefined;
		let own = size.peek();
		const isOpen = () => !gone && isWanted();
		try {
			stage = createStage({
				root: room,
				events,
				onResize: (next) => {
					own = next;
					if (front?.room === room) size.value = next;
				},
			});
			stage.setSpeed(speed);
			await stage.build(at, isOpen);
			// Only now is it laid out, once; on the way each step would have been.
			room.removeAttribute("data-building");
			if (isOpen()) await stage.settle(isOpen);
			if (!isOpen()) {
				takeDown(stage, room);
				return { is: "dropped" };
			}
			const now = goOn();
			if (now.playing || now.at !== at) stage.seek(now.at, now.playing);
		} catch (cause) {
			if (stage === undefined) room.remove();
			else takeDown(stage, room);
			return { is: "broken", message: cause instanceof Error ? cause.message : String(cause) };
		}
		const before = front;
		front = { stage, room };
		size.value = own;
		room.removeAttribute("data-hidden");
		room.inert = false;
		before?.room.setAttribute("data-hidden", "");
		if (before !== undefined) {
			before.stage.pause();
			nextFrame().then(() => takeDown(before.stage, before.room));
		}
		return { is: "shown" };
	};

	return {
		get front() {
			return front?.stage;
		},
		size,
		show,
		destroy() {
			gone = true;
			if (front !== undefined) takeDown(front.stage, front.room);
			front = undefined;
		},
	};
}

function createRoom(root: HTMLElement): HTMLElement {
	const room = document.createElement("div");
	room.className = "player-surface";
	room.setAttribute("data-hidden", "");
	room.setAttribute("data-building", "");
	room.inert = true;
	// Behind the one that is looked at: who asks for the frame finds that one first.
	root.append(room);
	return room;
}

function takeDown(stage: Stage, room: HTMLElement): void {
	stage.destroy();
	room.remove();
}

function nextFrame(): Promise<void> {
	return new Promise((done) => {
		const timer = setTimeout(done, FRAME_CAP_MS);
		requestAnimationFrame(() => {
			clearTimeout(timer);
			// Behind the frame: what was drawn in it is there.
			setTimeout(done, 0);
		});
	});
}
