/** Who is visiting: the same seed makes the same choices, the pace says how long they take. */
import { createRandom } from "../random.ts";

export interface Person {
	/** Where the shop is; without it the visitor stays at the origin the page already shows. */
	shopUrl?: string;
	/** Path of the page where the visit begins, and where the link to it stood. */
	entry: string;
	referrer: string;
	/** 1 is an unhurried person, 0 does not wait at all. */
	pace: number;
	/** Where the mouse is, so that the next movement starts there. */
	mouse: { x: number; y: number };
	random(): number;
	pick<T>(choices: readonly T[]): T;
	/** Waits about so long, scaled by the pace: reading, thinking. */
	pause(ms: number): Promise<void>;
	/** The same for hands, which hurry less than eyes: at a tenth of the time they take a third of theirs. */
	act(ms: number): Promise<void>;
	/** Waits about so long at any pace: how long patience lasts is no matter of haste. At pace 0 nobody waits. */
	wait(ms: number): Promise<void>;
}

export interface PersonOptions {
	shopUrl?: string;
	seed?: number;
	pace?: number;
	entry?: string;
	referrer?: string;
}

export function createPerson(options: PersonOptions = {}): Person {
	const { shopUrl = "", seed = 1, pace = 1, entry = "/", referrer = "" } = options;
	const random = createRandom(seed);
	const wait = (ms: number): Promise<void> => {
		const some = ms * (0.6 + random() * 0.8);
		return some === 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, some));
	};
	return {
		...(shopUrl === "" ? {} : { shopUrl }),
		...{ entry, referrer, pace },
		mouse: { x: 40, y: 40 },
		random,
		pick(choices) {
			const choice = choices[Math.floor(random() * choices.length)];
			if (choice === undefined) throw new Error("nothing to choose from");
			return choice;
		},
		pause: (ms) => wait(ms * pace),
		act: (ms) => wait(ms * Math.sqrt(pace)),
		wait: (ms) => wait(pace === 0 ? 0 : ms),
	};
}
