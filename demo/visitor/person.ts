/** Who is visiting: the same seed makes the same choices, the pace says how long they take. */
import { createRandom } from "../random.ts";

export interface Person {
	/** Where the shop is; without it the visitor stays at the origin the page already shows. */
	shopUrl?: string;
	/** 1 is an unhurried person, 0 does not wait at all. */
	pace: number;
	/** Where the mouse is, so that the next movement starts there. */
	mouse: { x: number; y: number };
	random(): number;
	pick<T>(choices: readonly T[]): T;
	/** Waits about so long, scaled by the pace. */
	pause(ms: number): Promise<void>;
}

export function createPerson({ shopUrl = "", seed = 1, pace = 1 }): Person {
	const random = createRandom(seed);
	return {
		...(shopUrl === "" ? {} : { shopUrl }),
		pace,
		mouse: { x: 40, y: 40 },
		random,
		pick(choices) {
			const choice = choices[Math.floor(random() * choices.length)];
			if (choice === undefined) throw new Error("nothing to choose from");
			return choice;
		},
		pause(ms) {
			const wait = ms * pace * (0.6 + random() * 0.8);
			return wait === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, wait));
		},
	};
}
