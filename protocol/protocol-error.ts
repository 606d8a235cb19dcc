// Why a chunk is refused. The code is the contract (a recorder acts on it), the message is for people
// and says what came and what was expected.

export type RefusalCode =
	| "unknown_site"
	| "origin_not_allowed"
	| "wrong_write_key"
	| "bad_magic"
	| "truncated"
	| "bad_envelope"
	| "bad_facts"
	| "bad_assets"
	| "wrong_hash"
	| "wrong_type"
	| "unknown_version"
	| "too_large"
	| "over_budget"
	| "store_unavailable";

export const REFUSAL_STATUS: Readonly<Record<RefusalCode, number>> = {
	unknown_site: 404,
	origin_not_allowed: 403,
	wrong_write_key: 403,
	bad_magic: 400,
	truncated: 400,
	bad_envelope: 400,
	bad_facts: 400,
	bad_assets: 400,
	wrong_hash: 400,
	wrong_type: 415,
	unknown_version: 422,
	too_large: 413,
	over_budget: 429,
	store_unavailable: 503,
};

export class ProtocolError extends Error {
	override name = "ProtocolError";
	readonly code: RefusalCode;

	constructor(code: RefusalCode, message: string) {
		super(message);
		this.code = code;
	}
}
