// The session: one visit of a browser, shared by its tabs through localStorage. It ends after 30
// minutes without activity or after 4 hours, and the next activity begins another.
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

export interface Session {
	id: SessionId;
	writeKey: WriteKey;
	startedAt: number;
	activeAt: number;
	/** Server's clock less the page's, as far as a `rotate` has told it. */
	clockMs: number;
}

export interface Sessions {
	current(): Session;
	/** True once the session has ended, until the visitor does something again. */
	isOver(): boolean;
	/** The visitor did something. @returns true where a session other than the current one goes on */
	touch(): boolean;
	/** The server refused the session: begin one with the server's clock (epoch ms) in its id. */
	rotate(serverTime: number): void;
}

/** Storage is written at most this often: other tabs need no more. */
const TOUCH_MS = 5000;

export interface SessionOptions {
	storage: KeyValue;
	key: string;
	/** Epoch ms of the page's clock. */
	now: () => number;
	random: (bytes: number) => Uint8Array;
}

export function createSessions({ storage, key, now, random }: SessionOptions): Sessions {
	const begin = (clockMs: number): Session => {
		const at = now();
		return write({
			id: createUuidV7(at + clockMs, random(10)) as SessionId,
			writeKey: createRandomId(random(16)) as WriteKey,
			startedAt: at,
			activeAt: at,
			clockMs,
		});
	};
	const write = (session: Session): Session => {
		storage.set(key, JSON.stringify(session));
		return session;
	};
	const resume = (): Session => {
		const stored = parseSession(storage.get(key));
		if (stored === undefined || isSessionOver(stored, now())) return begin(stored?.clockMs ?? 0);
		return write({ ...stored, activeAt: now() });
	};

	let current = resume();
	return {
		current: () => current,
		isOver: () => isSessionOver(current, now()),
		touch() {
			if (now() - current.activeAt < TOUCH_MS && !isSessionOver(current, now())) return false;
			const before = current.id;
			current = resume();
			return current.id !== before;
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
	if (text === undefined) return undefined;
	try {
		const value = JSON.parse(text) as Partial<Session> | null;
		const numbers = [value?.startedAt, value?.activeAt, value?.clockMs];
		const isWhole = isSessionId(value?.id) && isRandomId(value?.writeKey);
		return isWhole && numbers.every(Number.isSafeInteger) ? (value as Session) : undefined;
	} catch {
		return undefined;
	}
}
