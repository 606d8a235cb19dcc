// What the server answers to an accepted chunk: 204, or 200 with directives.

export type Directive =
	/** Stop recording until the next page load. */
	| { do: "stop" }
	/** Upload at most this often, in milliseconds. */
	| { do: "throttle"; everyMs: number }
	/** Take a new full snapshot: the server misses part of the stream. */
	| { do: "resync" }
	/** Nothing was stored: begin a new session, with the server's clock (epoch ms) in its id. */
	| { do: "rotate"; serverTime: number };

export interface Answer {
	directives: Directive[];
}
