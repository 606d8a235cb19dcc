// One upload, from its bytes to its acknowledgement: who sent it, is it whole, is it new, is it durable.
// It throws a ProtocolError for every refusal; nothing of a refused chunk is stored.
import { promisify } from "node:util";
import { crc32, gunzip, gunzipSync } from "node:zlib";
import type { Directive } from "../../protocol/answer.ts";
import { decodeChunk } from "../../protocol/chunk.ts";
import { findSpan } from "../../protocol/clock.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { FACTS_BYTES, SESSION_CLOCK_MS } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/pack.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { SiteRow } from "../control/sites.ts";
import { StoreError } from "../errors.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { Budgets } from "./budgets.ts";
import type { Packer } from "./packer.ts";
import type { SessionRegistry } from "./session-registry.ts";

const gunzipInThread = promisify(gunzip);
/** Facts of this many bytes inflate in well under a millisecond, whatever they are. */
const SMALL_BYTES = 4096;

/** An entry with what was read of it, so that the index need not read it again. */
export interface ReceivedEntry extends Entry {
	envelope: Envelope;
	facts: Fact[];
}

export interface Upload {
	siteKey: string;
	body: Uint8Array;
	/** Undefined where the request had none; pages may also send the word "null". */
	origin: string | undefined;
	userAgent: string;
	/** Epoch ms of the page's clock, 0 for unknown. */
	sentAt: number;
	attempt: number;
	/** "" where no trusted proxy names it. It is never stored. */
	address: string;
}

export interface ReceiveParts {
	findSite: (key: string) => Promise<SiteRow | undefined>;
	registry: SessionRegistry;
	budgets: Budgets;
	packer: Packer<ReceivedEntry>;
	isErased: Tombstones["isErased"];
	now: () => number;
}

/**
 * @returns directives for the recorder, and whose visitor it is; without any the chunk is durable
 * @throws ProtocolError
 */
export async function receiveUpload(
	parts: ReceiveParts,
	upload: Upload,
): Promise<{ site: number; directives: Directive[] }> {
	const site = await parts.findSite(upload.siteKey);
	if (site === undefined) throw new ProtocolError("unknown_site", "no site has this key");
	const answer = (...directives: Directive[]) => ({ site: site.id, directives });
	if (site.stopped) return answer({ do: "stop" });
	const isNamed = checkOrigin(site, upload.origin);
	const { envelope, facts: section } = decodeChunk(upload.body);
	// To a recorder it is as if it were stored: it has nothing to keep and nothing to report.
	if (parts.isErased(site.id, envelope.session, envelope.visitor)) return answer();
	const now = parts.now();
	if (Math.abs(timeOfUuidV7(envelope.session) - now) > SESSION_CLOCK_MS) return answer(rotate(now));
	const facts = await readFacts(section);

	const crc = crc32(upload.body);
	const span = findSpan(envelope, facts);
	const verdict = parts.registry.judge(site.id, envelope, crc, findEnd(span, upload.sentAt, now));
	if (verdict.kind === "over_caps") return answer(rotate(now));
	if (verdict.kind === "wrong_write_key") {
		throw new ProtocolError("wrong_write_key", "this session belongs to another browser");
	}
	const isNewSession = !parts.registry.isKnown(site.id, envelope.session);
	const isFirst = envelope.sequence === 0 && isNewSession;
	if (!isNamed && isFirst) {
		throw new ProtocolError(
			"origin_not_allowed",
			"the first chunk of a session must name its origin",
		);
	}
	parts.budgets.checkChunk({
		...{ site: site.id, session: envelope.session, isNewSession, address: upload.address },
		bytes: verdict.kind === "duplicate" ? 0 : upload.body.length,
	});
	const stored = verdict.kind === "duplicate" ? verdict.stored : store(site.id);
	try {
		await stored;
	} catch (cause) {
		if (!(cause instanceof StoreError)) throw cause;
		throw new ProtocolError(
			"store_unavailable",
			"the chunk could not be stored, keep it and try again",
		);
	}
	return answer();

	function store(id: number): Promise<void> {
		const head = {
			site: id,
			receivedAt: now,
			sentAt: upload.sentAt,
			attempt: upload.attempt,
			userAgent: upload.userAgent,
			crc,
		};
		const entry = { head, chunk: upload.body, envelope, facts };
		const durable = parts.packer.add(entry, envelope.last === true);
		const chunk = { crc, bytes: upload.body.length };
		parts.registry.remember(id, envelope, chunk, durable);
		return durable;
	}
}

/**
 * @returns whether the request named an allowed origin; hardened pages send "null" or nothing
 * @throws ProtocolError origin_not_allowed where it named another one
 */
export function checkOrigin(site: SiteRow, origin: string | undefined): boolean {
	if (origin === undefined || origin === "null") return false;
	if (site.origins.includes(origin)) return true;
	const allowed = site.origins.length > 0 ? site.origins.join(", ") : "none";
	throw new ProtocolError(
		"origin_not_allowed",
		`${origin.slice(0, 200)} came, allowed: ${allowed}`,
	);
}

/**
 * By the page's clock or by ours, whichever is earlier: what a laptop held while it was closed belongs to
 * the session in which it happened. Who lies about it gains a day, until the session's id is too old.
 */
function findEnd(span: { last: number } | undefined, sentAt: number, now: number): number {
	if (span === undefined) return now;
	const ours = sentAt > 0 ? span.last + now - sentAt : now;
	return Math.min(now, span.last, ours);
}

function rotate(now: number): Directive {
	return { do: "rotate", serverTime: now };
}

/** The cap is on what comes out, so that a small bomb cannot fill the memory. */
export async function readFacts(section: Uint8Array): Promise<Fact[]> {
	const json = await inflate(section).catch((error: unknown) => {
		const isTooLarge =
			error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
		throw isTooLarge
			? new ProtocolError("too_large", `facts inflate to more than ${FACTS_BYTES} bytes`)
			: new ProtocolError("bad_facts", "the facts section is not gzip");
	});
	return parseFacts(json.toString("utf8")).facts;
}

/** A thread costs more than a few facts do, and other uploads hardly wait for those. */
async function inflate(section: Uint8Array): Promise<Buffer> {
	const options = { maxOutputLength: FACTS_BYTES };
	return section.length <= SMALL_BYTES
		? gunzipSync(section, options)
		: gunzipInThread(section, options);
}
