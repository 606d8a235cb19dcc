/** What the index process tells the server. */
export type ChildMessage =
	| { kind: "ready" }
	/** Another process still holds the folder. */
	| { kind: "locked" }
	/** The engine does not ship for this platform. */
	| { kind: "unsupported"; message: string }
	| { kind: "failed"; message: string };
