// Records one page: what is shared by its streams, and when a stream begins and ends. The road of a
// press starts in capture/press.ts and leaves by transport/sender.ts.

import type { Directive } from "../protocol/answer.ts";
import type { Reached } from "../protocol/fact.ts";
import type { VisitorId } from "../protocol/ids.ts";
import { PAUSE_MS } from "../protocol/limits.ts";
import type { PageRecord } from "../protocol/page-rule.ts";
import { readReached } from "./capture/page.ts";
import { completeConfig } from "./config.ts";
import type { Early, Handoff, Recorder } from "./gate.ts";
import { createGovernor } from "./governor.ts";
import { createGuard } from "./guard.ts";
import { createListen } from "./listen.ts";
import { startTimer } from "./native.ts";
import type { Reason } from "./package/snag.d.ts";
import { createShared } from "./session/cookies.ts";
import { findOrCreateId } from "./session/find-or-create-id.ts";
import { askToErase, forgetVisitor } from "./session/forget.ts";
import { createKeyValue } from "./session/key-value.ts";
import { createSessions } from "./session/session.ts";
import { claimTab } from "./session/tab.ts";
import { type PageScope, type Stream, startStream } from "./stream.ts";
import { takeCarried, writeCarried } from "./transport/carried.ts";
import { post } from "./transport/post.ts";
import { createSender } from "./transport/sender.ts";

/** While nothing is recorded, it is asked this often whether something may be again. */
const PACE_MS = 10_000;
/** Two refusals of a session this close together: a third would fare no better. */
const ROTATE_MS = 10_000;

/** @returns undefined where the visitor was only to be forgotten */
export function recordPage(handoff: Handoff): Recorder | undefined {
	const [endpoint, name, cookieDomain, config, readRecord, takeEarly, onEnd] = handoff;
	const prefix = `${name}.`;
	const local = createKeyValue(prefix, () => localStorage);
	const ofTab = createKeyValue(prefix, () => sessionStorage);
	const shared = createShared(local, prefix, cookieDomain);
	if (local.get("consent") === "0") {
		forgetVisitor(endpoint, local, ofTab, shared);
		return undefined;
	}
	askToErase(endpoint, local);
	/** What happened before we were there is told late, and with its own time and title. */
	let early: Early | undefined;
	let endTitle: string | undefined;
	const now = () => early?.[0] ?? Date.now();
	const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
	const clock = performance.now.bind(performance);
	// Not at once: it is told from within what it is to end.
	const governor = createGovernor(clock, () => later(keepPace, 0));
	const guard = createGuard(clock, () => void startTimer(giveUp), governor.spend);
	const later = (callback: () => void, ms: number) => void startTimer(guard.wrap(callback), ms);
	const { listen, repeat } = createListen(guard);
	const listeners: ((url: string) => void)[] = [];

	let stream: Stream | undefined;
	let record: PageRecord | undefined;
	let inputAt = now();
	let [pointerX, pointerY] = [0, 0];
	let left = false;
	let stopped = false;
	let rotatedAt = 0;
	/** Recording has cost too much, and waits until that is paid back. */
	let paused = false;
	/** Session that the page knows of. */
	let told = "";

	const sessions = createSessions(shared, Date.now, random);
	const visitor = findOrCreateId<VisitorId>(shared, "visitor", random);
	const tab = claimTab(ofTab, random);
	const sender = createSender([
		endpoint,
		guard,
		post,
		Date.now,
		Math.random,
		later,
		() => {
			ofTab.remove("carried");
			stream?.onIdle();
		},
		() => end("site"),
	]);
	const scope: PageScope = [
		...([guard, governor, listen, later, random, now] as const),
		() => ({
			href: typeof early?.[1] === "string" ? early[1] : location.href,
			title: endTitle ?? document.title,
		}),
		{ url: "", view: 0 },
		() => early !== undefined,
		() => Date.now() - inputAt > PAUSE_MS,
		...([visitor, tab.id, sessions, sender, endpoint, completeConfig(config), obey] as const),
		watchHand,
	];

	const watchDocument = (): void => stream?.watchDocument(record !== "facts");
	const endStream = (): void => {
		stream?.end();
		stream = undefined;
	};
	const begin = guard.wrap((reached: Reached) => {
		endStream();
		if (stopped || paused || record === "nothing") return;
		sessions.enter();
		stream = startStream(scope, reached, !told);
		if (early === undefined) watchDocument();
		const { id } = sessions.current();
		// What a listener throws is the page's own.
		if (told !== id) for (const listener of listeners) startTimer(listener, 0, sessionUrl());
		told = id;
	});
	const keepPace = (): void => {
		stream?.settle();
		const isOff = governor.step() > 3;
		if (paused !== isOff) {
			paused = isOff;
			begin("load");
		}
		if (paused && !stopped)
			later(() => {
				governor.look();
				keepPace();
			}, PACE_MS);
	};
	/** @param path of the page whose rule decides */
	const route = (reached: Reached, path: string): void => {
		const before = record;
		record = readRecord(path);
		if (stream && record === before) stream.route(reached);
		else begin(reached);
	};
	const onInput = (event: Event): void => {
		if (stream === undefined || !event.isTrusted || early !== undefined) return;
		const { type, screenX, screenY } = event as MouseEvent;
		// The page has moved under a pointer that rests.
		if (type === "pointerover" && screenX === pointerX && screenY === pointerY) return;
		[pointerX, pointerY] = [screenX, screenY];
		inputAt = Date.now();
		if (sessions.touch()) begin("load");
		else stream.resume();
	};
	const carry = (): void => writeCarried(ofTab, "carried", sender.unsent(), Date.now());

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

	const sessionUrl = (options?: { at?: number }): string =>
		`${endpoint}/s/${sessions.current().id}${options?.at ? `?at=${options.at}` : ""}`;
	const call = guard.wrap((method: string, ...args: unknown[]): unknown => {
		const [first, second] = args;
		if (method === "route") return route(first as Reached, location.pathname);
		if (method === "sessionUrl") return stream && sessionUrl(first as { at?: number });
		if (method !== "on") return stream?.told(method, args);
		if (first === "session") return listeners.push(second as (typeof listeners)[number]);
	});

	const stops = [
		...watchHand(window),
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
			if (key === `${prefix}consent` && newValue === "0") end("");
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
				if (typeof what === "string")
					route((how as Reached | undefined) ?? readReached(), new URL(what).pathname);
				else if (Array.isArray(what)) {
					// What the page told before anybody had agreed stays untold, but for who it is.
					const isAgreed = at >= (taken[0]?.[0] ?? 0) || what[0] !== "track";
					if (isAgreed) call(...(what as [string, ...unknown[]]));
				} else repeat(what, (how as DOMRect | false) || undefined);
			}
		} finally {
			early = undefined;
			endTitle = undefined;
		}
		watchDocument();
	});

	sender.add(takeCarried(ofTab, "carried", Date.now()));
	// An asynchronous script cannot know whether the document has been parsed.
	if (document.readyState !== "loading") beginLate();
	else stops.push(listen(document, "DOMContentLoaded", beginLate));

	/** The first of the events that a press consists of: a new stream must be there before the down. */
	function watchHand(target: Window) {
		const types = ["pointerover", "pointerdown", "keydown", "wheel"] as const;
		return types.map((type) => listen(target, type, onInput));
	}
	function obey(directive: Directive): void {
		if (directive.do === "stop") end("site");
		else if (directive.do === "throttle") stream?.throttle(directive.everyMs);
		else if (directive.do === "resync") stream?.snapshot();
		else if (directive.do === "rotate") rotate(directive.serverTime);
	}
	/** What has not been sent is not wanted either. */
	function quieten(): void {
		sender.stop();
		ofTab.remove("carried");
		stop();
	}
	function end(reason: Reason): void {
		try {
			quieten();
		} finally {
			onEnd(reason);
		}
	}
	/** The guard calls nothing any more, and what has failed so often may fail here as well. */
	function giveUp(): void {
		try {
			end("error");
		} catch {}
	}
	function stop(): void {
		if (stopped) return;
		stopped = true;
		for (const stopListening of stops) stopListening();
		endStream();
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
