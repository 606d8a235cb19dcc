// Records one page: what is shared by its streams, and when a stream begins and ends. The road of a
// press starts in capture/press.ts and leaves by transport/sender.ts.

import type { Directive } from "../protocol/answer.ts";
import type { Reached } from "../protocol/fact.ts";
import { PAUSE_MS } from "../protocol/limits.ts";
import type { PageRecord } from "../protocol/page-rule.ts";
import { readReached } from "./capture/page.ts";
import { completeConfig } from "./config.ts";
import type { Early, Handoff, Recorder } from "./gate.ts";
import { createGovernor } from "./governor.ts";
import { createGuard } from "./guard.ts";
import { createListen, type Listen } from "./listen.ts";
import { startTimer } from "./native.ts";
import type { Reason } from "./package/snag.d.ts";
import { createShared } from "./session/cookies.ts";
import { forgetVisitor } from "./session/forget.ts";
import { createKeyValue } from "./session/key-value.ts";
import { createSessions } from "./session/session.ts";
import { claimTab } from "./session/tab.ts";
import { findOrCreateVisitor } from "./session/visitor.ts";
import { type PageScope, type Stream, startStream } from "./stream.ts";
import { takeCarried, writeCarried } from "./transport/carried.ts";
import { beacon, canKeepAlive, post } from "./transport/post.ts";
import { createSender } from "./transport/sender.ts";

/** While nothing is recorded, it is asked this often whether something may be again. */
const PACE_MS = 10_000;
/** Two refusals of a session this close together: a third would fare no better. */
const ROTATE_MS = 10_000;
const REACHED: Record<string, Reached> = { pushState: "push", replaceState: "replace" };

/** @returns undefined where the visitor was only to be forgotten */
export function recordPage(handoff: Handoff): Recorder | undefined {
	const [endpoint, name, cookieDomain, config, readRecord, takeEarly, onEnd] = handoff;
	const local = createKeyValue(() => localStorage);
	if (local.get(`${name}.consent`) === "0") {
		forgetVisitor({ endpoint, name, cookieDomain, local });
		return undefined;
	}
	/** What happened before we were there is told late, and with its own time and title. */
	let early: Early | undefined;
	let endTitle: string | undefined;
	const now = () => early?.[0] ?? Date.now();
	const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
	const clock = performance.now.bind(performance);
	// Not at once: it is told from within what it is to end.
	const governor = createGovernor(clock, () => later(keepPace, 0));
	const guard = createGuard(clock, () => void startTimer(() => end("error")), governor.spend);
	const later = (callback: () => void, ms: number) => void startTimer(guard.wrap(callback), ms);
	const { listen, repeat } = createListen(guard);
	const ofTab = createKeyValue(() => sessionStorage);
	const shared = createShared(local, cookieDomain);
	const carriedKey = `${name}.carried`;
	const listeners: [event: unknown, listener: (...values: unknown[]) => void][] = [];

	let stream: Stream | undefined;
	let record: PageRecord | undefined;
	let inputAt = now();
	let isFirst = true;
	let left = false;
	let stopped = false;
	let rotatedAt = 0;
	/** Recording has cost too much, and waits until that is paid back. */
	let paused = false;
	let told = "";

	const sessions = createSessions({
		...{ storage: shared, key: `${name}.session`, now: Date.now, random },
	});
	const visitor = findOrCreateVisitor(shared, `${name}.visitor`, random);
	const tab = claimTab(ofTab, `${name}.tab`, random);
	const sender = createSender({
		endpoint,
		guard,
		post,
		beacon,
		canKeepAlive: canKeepAlive(),
		now: Date.now,
		random: Math.random,
		later,
		onIdle: () => {
			ofTab.remove(carriedKey);
			stream?.onIdle();
		},
		onRefused: () => end("site"),
	});
	const scope: PageScope = {
		...{ guard, governor, listen, now, random, later, sessions, visitor, tab: tab.id, sender },
		...{ endpoint, config: completeConfig(config) },
		place: () => ({
			href: typeof early?.[1] === "string" ? early[1] : location.href,
			title: endTitle ?? document.title,
		}),
		isLate: () => early !== undefined,
		isPaused: () => Date.now() - inputAt > PAUSE_MS,
		onDirective: (directive) => obey(directive),
	};

	const begin = guard.wrap((reached: Reached) => {
		stream?.end();
		stream = undefined;
		if (stopped || paused || record === "nothing") return;
		sessions.enter();
		stream = startStream(scope, reached, isFirst);
		isFirst = false;
		if (early === undefined) stream.watchDocument(record !== "facts");
		const { id } = sessions.current();
		if (told !== id) tell("session", sessionUrl());
		told = id;
	});
	const keepPace = (): void => {
		const step = governor.step();
		stream?.settle();
		if (step === 4 && stream !== undefined) {
			stream.end();
			stream = undefined;
			paused = true;
			waitForPace();
		} else if (step < 4 && paused) {
			paused = false;
			begin("load");
		}
	};
	const waitForPace = (): void =>
		later(() => {
			governor.look();
			if (paused && !stopped) waitForPace();
		}, PACE_MS);
	/** @param path of the page whose rule decides */
	const route = (reached: Reached, path: string): void => {
		const before = record;
		record = readRecord(path);
		if (record === before) stream?.route(reached);
		else begin(reached);
	};
	const onInput = (event: Event): void => {
		if (stream === undefined || !event.isTrusted || early !== undefined) return;
		inputAt = Date.now();
		if (sessions.touch()) begin("load");
		else stream.resume();
	};
	const carry = (): void => writeCarried(ofTab, carriedKey, sender.unsent(), Date.now());

	const obey = (directive: Directive): void => {
		switch (directive.do) {
			case "stop":
				end("site");
				break;
			case "throttle":
				stream?.throttle(directive.everyMs);
				break;
			case "resync":
				stream?.snapshot();
				break;
			case "rotate":
				rotate(directive.serverTime);
		}
	};
	const rotate = (serverTime: number): void => {
		const refused = stream?.origin;
		if (Date.now() - rotatedAt < ROTATE_MS) {
			stop();
			return;
		}
		rotatedAt = Date.now();
		sessions.rotate(serverTime);
		begin("load");
		if (refused !== undefined) sender.forget(refused);
	};

	const tell = (event: string, value: unknown): void => {
		// What a listener throws is the page's own.
		for (const [of, listener] of listeners) if (of === event) startTimer(listener, 0, value);
	};
	const sessionUrl = (options?: { at?: number }): string =>
		`${endpoint}/s/${sessions.current().id}${options?.at ? `?at=${options.at}` : ""}`;
	const call = guard.wrap((method: string, ...args: unknown[]): unknown => {
		switch (method) {
			case "route":
				return route(REACHED[args[0] as string] ?? "history", location.pathname);
			case "sessionUrl":
				return stream && sessionUrl(args[0] as { at?: number });
			case "on":
				return listeners.push(args as (typeof listeners)[number]);
			default:
				return stream?.told(method, args);
		}
	});

	const stops = [
		// The first of the events that a press consists of: a new stream must be there before the down.
		...(["pointerover", "pointerdown", "keydown", "wheel"] as const).map((type) =>
			listen(window, type, onInput),
		),
		listen(document, "visibilitychange", () => {
			if (left) return;
			const visible = document.visibilityState === "visible";
			stream?.onVisible(visible);
			if (!visible) carry();
		}),
		listen(window, "pagehide", () => {
			left = true;
			stream?.onUnload();
			carry();
			tab.release();
		}),
		listen(window, "pageshow", (event) => {
			if (!event.persisted) return;
			left = false;
			tab.claim();
			begin("history");
		}),
		// Consent was taken back in another tab.
		listen(window, "storage", ({ key, newValue }) => {
			if (key === `${name}.consent` && newValue === "0") end("");
		}),
	];

	/** A document that began before we were there begins with what has happened in it. */
	const beginLate = guard.wrap(() => {
		try {
			const taken = takeEarly();
			for (const [position, row] of taken.entries()) {
				early = row;
				const [at, what, how] = row;
				// Of a view, the title at its end.
				const end = taken.slice(how && typeof what === "string" ? position : position + 1);
				endTitle = end.find((other) => typeof other[1] === "string")?.[3] as string | undefined;
				if (typeof what === "string") {
					const { pathname } = new URL(what);
					if (how) route(REACHED[how as string] ?? "history", pathname);
					else {
						record = readRecord(pathname);
						begin(readReached());
					}
				} else if (Array.isArray(what)) {
					// What the page told before anybody had agreed stays untold, but for who it is.
					const isAgreed = at >= (taken[0]?.[0] ?? 0) || what[0] !== "track";
					if (isAgreed) call(...(what as [string, ...unknown[]]));
				} else repeat(what, (how as DOMRect | false) || undefined);
			}
		} finally {
			early = undefined;
			endTitle = undefined;
		}
		stream?.watchDocument(record !== "facts");
	});

	for (const bytes of takeCarried(ofTab, carriedKey, Date.now())) sender.add(bytes);
	stops.push(whenParsed(listen, beginLate));

	/** What has not been sent is not wanted either. */
	function quieten(): void {
		sender.stop();
		ofTab.remove(carriedKey);
		stop();
	}
	function end(reason: Reason): void {
		quieten();
		onEnd(reason);
	}
	function stop(): void {
		if (stopped) return;
		stopped = true;
		for (const stopListening of stops) stopListening();
		stream?.end();
		stream = undefined;
		tab.release();
	}
	return {
		call: call as Recorder["call"],
		stop: guard.wrap((isDropped) => {
			if (isDropped) quieten();
			else stop();
		}),
	};
}

/** At once where the document has been parsed, which an asynchronous script cannot know. */
function whenParsed(listen: Listen, callback: () => void): () => void {
	if (document.readyState !== "loading") {
		callback();
		return () => {};
	}
	return listen(document, "DOMContentLoaded", callback);
}
