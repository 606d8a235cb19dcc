/** Of the page that is open now. */
export type Status =
	/** What the visitor does is recorded. */
	| "recording"
	/** It will be, once what `reason` names has come. */
	| "waiting"
	/** It will not be. */
	| "off";

/**
 * Why nothing is recorded now; "" while recording.
 *
 * - `consent`: the visitor has not agreed, or took it back
 * - `prerender`: the browser loads the page ahead, and nobody may ever see it
 * - `settings`: the settings of the site are on their way
 * - `page`: a rule of the site excludes this page
 * - `script`: the recorder itself is on its way
 * - `gpc`: the browser sends Global Privacy Control
 * - `frame`: the page around this frame records it
 * - `site`: recording is stopped for the whole site, or the server does not know it
 * - `stop`: `stop()` was called
 * - `error`: the recorder could not be loaded
 * - `server`: this is no browser
 */
export type Reason =
	| ""
	| "consent"
	| "prerender"
	| "settings"
	| "page"
	| "script"
	| "gpc"
	| "frame"
	| "site"
	| "stop"
	| "error"
	| "server";

export type Value = string | number | boolean | null;

export interface Snag {
	readonly status: Status;
	readonly reason: Reason;
	/** Records again after `stop`. */
	start(): void;
	/** Records nothing more; what was recorded is still sent. */
	stop(): void;
	/** Says who the visitor is, in words of your own. */
	identify(id: string, traits?: Record<string, Value>): void;
	/** Something happened that only your page knows of. */
	track(name: string, properties?: Record<string, Value>): void;
	/** The visitor is in this arm of an experiment. */
	variant(experiment: string, arm: string): void;
	/**
	 * The page that is open now is one of these, as in `/product/:id`, where its URL does not say so. Holds until
	 * the URL changes; what was sent before is counted by the URL.
	 */
	page(pattern: string): void;
	/**
	 * The visitor agrees, which is remembered on this site; or does not: then recording ends, what is not
	 * sent is dropped, ids are deleted and the server is asked to erase what it has of the visitor.
	 */
	consent(granted: boolean): void;
	/**
	 * Address at which your team can watch this session, at an instant (epoch ms) if one is given; undefined
	 * while nothing is recorded.
	 */
	sessionUrl(options?: { at?: number }): string | undefined;
	/** `session`: one began, or this page goes on with one; with its address. */
	on(event: "session", listener: (url: string) => void): void;
}

export interface InitOptions {
	/** Where your Snag server, or a proxy in front of it, is reached. */
	url: string;
	/** Public key of the site. */
	site: string;
	/** "required": nothing is stored or sent before `consent(true)`. */
	consent?: "required";
	/** Domain whose subdomains share a session, by a first-party cookie. */
	cookieDomain?: string;
}

/** Records the page. On a server it does nothing and says so; it never throws. */
export declare function init(options: InitOptions): Snag;
