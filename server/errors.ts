// All errors the server speaks of. A 4xx says what came and what was expected; a 5xx says nothing of
// the inside, which goes to the log.

/** The process cannot start: one line that says what to do. */
export class StartError extends Error {
	override name = "StartError";
}

const API_STATUS = {
	bad_request: 400,
	unauthorized: 401,
	forbidden: 403,
	not_found: 404,
	/** It was stored and is no longer: the manifest of now names what there is instead. */
	part_gone: 404,
	part_damaged: 404,
	/** It was finished, the recording is missing or damaged, and what was uploaded is gone as well. */
	recording_gone: 404,
	conflict: 409,
	index_unavailable: 503,
	store_unavailable: 503,
} as const;

export type ApiErrorCode = keyof typeof API_STATUS;

export class ApiError extends Error {
	override name = "ApiError";
	readonly code: ApiErrorCode;
	readonly status: number;

	constructor(code: ApiErrorCode, message: string) {
		super(message);
		this.code = code;
		this.status = API_STATUS[code];
	}
}

/** The index does not answer; figures wait, recording goes on. */
export class IndexUnavailable extends ApiError {
	constructor() {
		super(
			"index_unavailable",
			"the index does not answer at the moment; recording goes on, try again soon",
		);
	}
}

/** The control data cannot be read at the moment. */
export class ControlUnavailable extends Error {
	override name = "ControlUnavailable";

	constructor(cause: unknown) {
		super("the control data cannot be read", { cause });
	}
}

/** The index answered that it cannot do what it was asked: a fault of ours, or of the rows. */
export class IndexRefusal extends Error {
	override name = "IndexRefusal";
}

/** The store cannot be read or written at the moment, or never had the object. */
export class StoreError extends Error {
	override name = "StoreError";
	readonly kind: "missing" | "unavailable";

	constructor(kind: "missing" | "unavailable", message: string, cause?: unknown) {
		super(message, { cause });
		this.kind = kind;
	}
}
