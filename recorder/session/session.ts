// The session: one visit of a browser, shared by its tabs through storage. It ends after 30 minutes
// without activity or after 4 hours, and the next activity begins another. It is stored as a text that
// a cookie may hold as it is: its fields with dots between them.
import {
	createRandomId,
	createUuidV7,
	isRandomId,
	isSessionId,
	type SessionId,
	type WriteKey,
} from "../../protocol/ids.ts";
import { SESSION_IDLE_MS, SESSION_MS } from "../../protocol/limits.ts";
import type { KeyValue } from "./key-value.ts";

/** In the order in which they are stored. */
export interface Session {
	id: SessionId;
	writeKey: WriteKey;
	startedAt: number;
	activeAt: number;
	/** Server's clock less the page's, as far as a `rotate` has told it. */
	clockMs: number;
	/** 1 once something has gone wrong in it. */
	friction: number;
}

export interface Sessions {
	current(): Session;
	/** A document begins, which alone is no activity: the session goes on, or another begins. */
	enter(): void;
	/** True once the session has ended, until the visitor does something again. */
	isOver(): boolean;
	/** The visitor did something. @returns true where a session other than the current one goes on */
	touch(): boolean;
	/** Something went wrong. */
	noteFriction(): void;
	/** The server refused the session: begin one with the server's clock (epoch ms) in its id. */
	rotate(serverTime: number): void;
}

/** Storage is written at most this often: other tabs need no more. */
const TOUCH_MS = 5000;

/** @param now epoch ms of the page's clock */
export function createSessions(
	storage: KeyValue,
	now: () => number,
	random: (bytes: number) => Uint8Array,
): Sessions {
	const write = (session: Session): Session => {
		storage.set("session", Object.values(session).join("."));
		return session;
	};
	const begin = (clockMs: number): Session => {
		const at = now();
		return write({
			id: createUuidV7(at + clockMs, random(10)) as SessionId,
			writeKey: createRandomId(random(16)) as WriteKey,
			startedAt: at,
			activeAt: at,
			clockMs,
			friction: 0,
		});
	};
	const find = (): Session => {
		const stored = parseSession(storage.get("session"));
		return !stored || isSessionOver(stored, now()) ? begin(stored?.clockMs ?? 0) : stored;
	};

	let current = find();
	return {
		current: () => current,
		isOver: () => isSessionOver(current, now()),
		enter() {
			current = find();
		},
		touch() {
			if (now() - current.activeAt < TOUCH_MS && !isSessionOver(current, now())) return false;
			const before = current.id;
			current = write({ ...find(), activeAt: now() });
			return current.id !== before;
		},
		noteFriction() {
			current = write({ ...current, friction: 1 });
		},
		rotate(serverTime) {
			current = begin(serverTime - now());
		},
	};
}

export function isSessionOver(session: Session, now: number): boolean {
	return now - session.activeAt > SESSION_IDLE_MS || now - session.startedAt > SESSION_MS;
}

/** Whatever stands in storage → a session, or undefined where it is none. */
export function parseSession(text: string | undefined): Session | undefined {
	const [id, writeKey, ...numbers] = text?.split(".") ?? [];
	const [startedAt = 0, activeAt = 0, clockMs = 0, friction = 0] = numbers.map(Number);
	const isWhole = Number.isSafeInteger(startedAt + activeAt + clockMs + friction);
	if (isWhole && isSessionId(id) && isRandomId(writeKey))
		return { id, writeKey: writeKey as WriteKey, startedAt, activeAt, clockMs, friction };
}
