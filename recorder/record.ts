// Records one page: what is shared by its streams, and when a stream begins and ends. The road of a
// press starts in capture/press.ts and leaves by transport/sender.ts.
import type { Directive } from "../protocol/answer.ts";
import type { Reached } from "../protocol/fact.ts";
import type { ToldByPage } from "./capture/facts/told-by-page.ts";
import { readReached } from "./capture/page.ts";
import { createGovernor } from "./governor.ts";
import { createGuard } from "./guard.ts";
import { createListen } from "./listen.ts";
import { createKeyValue } from "./session/key-value.ts";
import { createSessions } from "./session/session.ts";
import { claimTab } from "./session/tab.ts";
import { findOrCreateVisitor } from "./session/visitor.ts";
import { type PageScope, type Stream, startStream } from "./stream.ts";
import { takeCarried, writeCarried } from "./transport/carried.ts";
import { beacon, canKeepAlive, post } from "./transport/post.ts";
import type { RecorderConfig } from "./transport/read-config.ts";
import { createSender } from "./transport/sender.ts";

/** While nothing is recorded, it is asked this often whether something may be again. */
const PACE_MS = 10_000;
/** Two refusals of a session this close together: a third would fare no better. */
const ROTATE_MS = 10_000;

export interface PageOptions {
	/** Where chunks go, without a query. */
	endpoint: string;
	/** Of this site in the browser's storage. */
	name: string;
	/** What the site's owner decided, on its way. Never rejects. */
	config: Promise<RecorderConfig>;
}

export interface Recording {
	stop(): void;
	/** Takes what the page says of the visit; undefined while nothing is recorded. */
	told(): ToldByPage | undefined;
}

export function recordPage({ endpoint, name, config }: PageOptions): Recording {
	const now = () => Date.now();
	const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
	const clock = () => performance.now();
	// Not at once: it is told from within what it is to end.
	const governor = createGovernor(clock, () => later(keepPace, 0));
	const guard = createGuard(clock, () => void setTimeout(stop), governor.spend);
	const later = (callback: () => void, ms: number) => void setTimeout(guard.wrap(callback), ms);
	const listen = createListen(guard);
	const local = createKeyValue(() => localStorage);
	const ofTab = createKeyValue(() => sessionStorage);
	const carriedKey = `${name}.carried`;

	let stream: Stream | undefined;
	let left = false;
	let stopped = false;
	let rotatedAt = 0;
	/** Recording has cost too much, and waits until that is paid back. */
	let paused = false;

	const sessions = createSessions({ storage: local, key: `${name}.session`, now, random });
	const visitor = findOrCreateVisitor(local, `${name}.visitor`, random);
	const tab = claimTab(ofTab, `${name}.tab`, random);
	const sender = createSender({
		endpoint,
		guard,
		post,
		beacon,
		canKeepAlive: canKeepAlive(),
		now,
		random: Math.random,
		later,
		onIdle: () => {
			ofTab.remove(carriedKey);
			stream?.onIdle();
		},
		onRefused: () => quieten(),
	});
	const scope: PageScope = {
		...{
			guard,
			governor,
			listen,
			now,
			random,
			later,
			sessions,
			visitor,
			tab: tab.id,
			sender,
			config,
			endpoint,
		},
		onDirective: (directive) => obey(directive),
	};

	const begin = guard.wrap((reached: Reached) => {
		stream?.end();
		stream = stopped ? undefined : startStream(scope, reached, stream === undefined);
	});
	const keepPace = (): void => {
		const step = governor.step();
		stream?.pace(step);
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
	const touch = (): void => {
		if (stream !== undefined && sessions.touch()) begin("load");
	};
	const carry = (): void => writeCarried(ofTab, carriedKey, sender.unsent(), now());

	const obey = (directive: Directive): void => {
		switch (directive.do) {
			case "stop":
				quieten();
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
		if (now() - rotatedAt < ROTATE_MS) {
			stop();
			return;
		}
		rotatedAt = now();
		sessions.rotate(serverTime);
		begin("load");
		if (refused !== undefined) sender.forget(refused);
	};

	const stops = [
		// The first of the events that a press consists of: a new stream must be there before the down.
		listen(window, "pointerover", touch),
		listen(window, "pointerdown", touch),
		listen(window, "keydown", touch),
		listen(window, "wheel", touch),
		listen(document, "visibilitychange", () => {
			if (left) return;
			const visible = document.visibilityState === "visible";
			if (visible) touch();
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
			sessions.touch();
			begin("history");
		}),
	];

	for (const bytes of takeCarried(ofTab, carriedKey, now())) sender.add(bytes);
	void config.then(
		guard.wrap(({ stop: isStopped }) => {
			if (isStopped) quieten();
		}),
	);
	stops.push(whenParsed(listen, () => begin(readReached())));

	/** What has not been sent is not wanted either. */
	function quieten(): void {
		sender.stop();
		ofTab.remove(carriedKey);
		stop();
	}
	function stop(): void {
		if (stopped) return;
		stopped = true;
		for (const stopListening of stops) stopListening();
		stream?.end();
		stream = undefined;
		tab.release();
	}
	return { stop: guard.wrap(stop), told: () => stream };
}

/** At once where the document has been parsed, which an asynchronous script cannot know. */
function whenParsed(listen: ReturnType<typeof createListen>, callback: () => void): () => void {
	if (document.readyState !== "loading") {
		callback();
		return () => {};
	}
	return listen(document, "DOMContentLoaded", callback);
}
