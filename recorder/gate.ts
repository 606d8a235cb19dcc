// Decides whether this page is recorded at all, before anything but itself is there: the visitor's own
// signals and consent, the owner's switch and page rules. Until the recorder has come it keeps what
// happens meanwhile, so that no press is lost to a slow line; while nobody has agreed it watches nothing.
//
// It is most of the loader, which every page has to load: hence one list of reasons not to record instead
// of states, and one kind of row for all that is kept. What can wait is the recorder's job.
import type { Reached } from "../protocol/fact.ts";
import { findPageRecord, type PageRecord } from "../protocol/page-rule.ts";
import type { RecorderConfig } from "../protocol/site-config.ts";
import type { Reason } from "./package/snag.d.ts";

/**
 * What happened before the recorder was there: a route with the title of the one that it ended, a call of
 * the page, or an event, with the box of what was pressed as it was at the press.
 */
export type Early =
	| [at: number, href: string, by?: Reached, title?: string]
	| [at: number, call: unknown[]]
	| [at: number, event: Event, box: DOMRect | false | undefined];

/** What the recorder needs to know of its page. A tuple, since names would be loaded with every page. */
export type Handoff = [
	/** Where chunks go, without a query. */
	endpoint: string,
	/** Of this site in the browser's storage. */
	name: string,
	cookieDomain: string | undefined,
	/** As it came; empty where none did. */
	config: Partial<RecorderConfig>,
	/** What of the page at the current address is recorded. */
	readRecord: (path: string) => PageRecord | undefined,
	/** What happened until now; from now on the recorder is told. */
	takeEarly: () => Early[],
	/** Recording ends until the next page load; without a reason, it is looked at anew whether it may go on. */
	onEnd: (reason: Reason) => void,
];

export interface Recorder {
	/** Methods of `snag`, and `route`. */
	call(name: string, ...args: unknown[]): unknown;
	/** @param isDropped what has not been sent is not wanted either */
	stop(isDropped?: boolean): void;
}

/** Gives nothing where it was only to forget the visitor. */
export type RecordPage = (handoff: Handoff) => Recorder | undefined;

/** A tuple for the same reason. */
export type GateOptions = [
	endpoint: string,
	key: string,
	cookieDomain: string | undefined,
	needsConsent: unknown,
	/** What the page has called before we were there. */
	calls: Iterable<Call>,
	/** Fetches the recorder; gives nothing where that fails. */
	load: (onLoad: (record?: RecordPage) => void) => void,
];

type Untimed<T> = T extends [number, ...infer Rest] ? Rest : never;
/** A method's name and its arguments. */
export type Call = Iterable<unknown>;

/** What a page gets as `snag`: its methods, the way in for calls made before, and the way in for the recorder. */
export interface Gate {
	reason: Reason;
	q: { push(call: Call): unknown };
	core?: (record: RecordPage) => void;
	// biome-ignore lint/suspicious/noExplicitAny: whatever a page calls; `package/snag.d.ts` says what there is
	[method: string]: any;
}

const CONFIG_MS = 2000;
const MAX_EARLY = 200;
const KEPT = "pointerdown pointerup click error unhandledrejection popstate";
const METHODS = "identify track variant page sessionUrl on";
/** Nothing but time and place stand between these and recording. */
const WATCHING = /^(s[ec]|pa|$)/;

export function openGate(options: GateOptions): Gate {
	const [endpoint, key, cookieDomain, needsConsent, calls, load] = options;
	const name = `snag.${key}`;
	let refusal: Reason = "";
	/** Null while it is on its way. */
	let config: Partial<RecorderConfig> | null | undefined;
	let record: RecordPage | null | undefined;
	let recorder: Recorder | undefined;
	let early: Early[] | undefined = [];
	let isWatching = false;

	/** Where nothing can be stored, nothing is remembered. */
	const stored = (part: string, value?: string) =>
		attempt(() =>
			value
				? localStorage.setItem(`${name}.${part}`, value)
				: localStorage.getItem(`${name}.${part}`),
		);
	const readRecord = (path: string) => findPageRecord(config?.pages, path);
	const findReason = (): Reason => {
		const agreed = stored("consent");
		if (refusal) return refusal;
		if ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return "gpc";
		// The page around this frame records it.
		if (attempt(() => parent !== window && (parent as { snag?: unknown }).snag)) return "frame";
		if (agreed !== "1" && (needsConsent || agreed)) return "consent";
		// What a browser loads ahead may never be seen (`Document.prerendering`, not yet in TypeScript).
		if ((document as { prerendering?: boolean }).prerendering) return "prerender";
		if (!config) return "settings";
		if (config.stop) return "site";
		if (readRecord(location.pathname) === "nothing") return "page";
		return record ? "" : "script";
	};
	const decide = (isDropped?: unknown) =>
		attempt(() => {
			const reason = findReason();
			gate.reason = reason;
			if (isWatching !== WATCHING.test(reason)) {
				isWatching = !isWatching;
				if (isWatching) early?.unshift([Date.now(), location.href]);
				else {
					recorder?.stop(isDropped as boolean);
					recorder = undefined;
					early = [];
				}
				watch();
			}
			if (reason === "settings" && config === undefined) readConfig();
			const isForgotten = stored("consent") === "0" && (stored("visitor") || stored("erase"));
			if (record === undefined && (reason === "script" || isForgotten)) {
				record = null;
				load((loaded) => {
					record = loaded;
					onEnd(loaded ? refusal : "error");
				});
			}
			if (record && (!reason || isForgotten))
				recorder ??= record([
					endpoint,
					name,
					cookieDomain,
					config ?? {},
					readRecord,
					takeEarly,
					onEnd,
				]);
		});

	const onEnd = (why: Reason): void => {
		refusal = why;
		decide();
	};
	const readConfig = (): void => {
		const settle = (read?: Partial<RecorderConfig>): void => {
			if (config) return;
			config = read?.pages ? read : {};
			decide();
		};
		config = null;
		setTimeout(settle, CONFIG_MS);
		fetch(`${endpoint}/config`, { referrerPolicy: "strict-origin" })
			.then((answer) => answer.json())
			.then(settle, settle);
	};

	const push = (...row: Untimed<Early>): void => {
		if (early && early.length < MAX_EARLY) early.push([Date.now(), ...row] as Early);
	};
	const call = (...named: [name: string, ...args: unknown[]]): unknown =>
		early ? push(named) : recorder?.call(...named);
	const onRoute = (by: Reached) =>
		attempt(() => {
			if (early) push(location.href, by, document.title);
			else recorder?.call("route", by);
			decide();
		});
	const onEvent = (event: Event) =>
		attempt(() => {
			const { type, target } = event;
			if (type === "popstate") onRoute("history");
			// Only the visitor's own press may cost the page a layout.
			else if (gate.reason !== "page")
				push(event, type[0] === "p" && early && (target as Element).getBoundingClientRect?.());
		});
	const takeEarly = (): Early[] => {
		const taken = early ?? [];
		early = undefined;
		return taken;
	};
	let undo: (() => void)[] = [];
	const watch = (): void => {
		for (const type of KEPT.split(" "))
			window[`${isWatching ? "add" : "remove"}EventListener`](type, onEvent, true);
		for (const end of undo) end();
		undo = [];
		if (!isWatching) return;
		for (const by of ["push", "replace"] as const) {
			const method = `${by}State` as const;
			const native = history[method];
			const ours = new Proxy(native, {
				apply(...made) {
					// Native first, and what it throws is the page's.
					Reflect.apply(...made);
					if (isWatching) onRoute(by);
				},
			});
			// Where a page has frozen it, an assignment throws, and recording would end before it began.
			Reflect.set(history, method, ours);
			undo.push(() => {
				// Where somebody has wrapped ours since, it stays and is silent.
				if (history[method] === ours) Reflect.set(history, method, native);
			});
		}
	};

	const gate = {
		start: () => refusal === "stop" && onEnd(""),
		stop: () => onEnd("stop"),
		consent(isGranted: boolean) {
			// Whoever is asked first and declines leaves no trace.
			if (isGranted || !needsConsent || stored("consent")) stored("consent", String(+isGranted));
			decide(!isGranted);
			call("consent", isGranted);
		},
		q: { push: ([name, ...args]: Call) => gate[name as string]?.(...args) },
	} as Partial<Gate> as Gate;
	for (const name of METHODS.split(" ")) gate[name] = (...args: unknown[]) => call(name, ...args);

	for (const made of calls) gate.q.push(made);
	document.addEventListener("prerenderingchange", decide);
	decide();
	return gate;
}

/**
 * Undefined where the browser does not let us: storage, frames of other origins. Outside the zones of
 * zone.js (Angular), so that what a page's own call begins here does not count as the page's work.
 */
function attempt<T>(read: () => T): T | undefined {
	try {
		const { Zone } = window as { Zone?: { root?: { run?(work: () => T): T } } };
		return Zone?.root?.run ? Zone.root.run(read) : read();
	} catch {}
}
