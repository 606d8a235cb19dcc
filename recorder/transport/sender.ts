// Sends encoded chunks: in order, one at a time, again until they are accepted or refused for good.
// When the page goes away it sends what fits into a keepalive request and leaves the rest, and whatever
// is not known to have arrived, to the next page.
import type { Directive } from "../../protocol/answer.ts";
import { sumLengths } from "../../protocol/join-bytes.ts";
import { KEEPALIVE_BYTES } from "../../protocol/limits.ts";
import type { Guard } from "../guard.ts";
import { decideReply, type Reply } from "./decide.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

/** The stream a chunk came from; carried chunks have none. */
export interface Origin {
	onDirective(directive: Directive): void;
	onDropped(): void;
}

export interface Sender {
	add(chunks: readonly Bytes[], origin?: Origin): void;
	/** The page may go away now: everything that fits is sent at once, the urgent first. */
	speak(urgent: readonly Bytes[], others: readonly Bytes[], origin: Origin): void;
	/** Everything not known to have arrived, what nobody has tried to send first. */
	unsent(): Bytes[];
	/** Encoded bytes that have not been accepted. */
	size(): number;
	/** The chunks of this stream will not be accepted. */
	forget(origin: Origin): void;
	/** Sends nothing any more. */
	stop(): void;
}

/** A tuple, since names would be loaded with every page. */
export type SenderOptions = [
	/** Ingest address without a query. */
	endpoint: string,
	guard: Guard,
	/** Never rejects. */
	post: (addressOf: () => string, body: Bytes, isLast: boolean) => Promise<Reply>,
	now: () => number,
	/** 0 to 1. */
	random: () => number,
	/** Runs a callback later, guarded. */
	later: (callback: () => void, ms: number) => void,
	/** Nothing waits any more. */
	onIdle: () => void,
	/** The server will never accept anything of this page. */
	onRefused: () => void,
];

interface Parcel {
	bytes: Bytes;
	origin: Origin | undefined;
	attempt: number;
	/** A keepalive request with it is under way. */
	spoken: boolean;
}

export function createSender(options: SenderOptions): Sender {
	const [endpoint, guard, post, now, random, later, onIdle, onRefused] = options;
	/** The next one first. */
	let parcels: Parcel[] = [];
	let busy = false;
	let waiting = false;
	let stopped = false;
	let keptAlive = 0;

	const wrap = (chunks: readonly Bytes[], origin?: Origin): Parcel[] =>
		stopped ? [] : chunks.map((bytes) => ({ bytes, origin, attempt: 0, spoken: false }));

	const send = (parcel: Parcel, isLast: boolean, free: () => void): void => {
		const done = guard.wrap((reply: Reply) => {
			free();
			settle(parcel, reply);
			pump();
		});
		const addressOf = () => `${endpoint}?t=${now()}&a=${parcel.attempt++}`;
		void post(addressOf, parcel.bytes, isLast).then(done);
	};

	const settle = (parcel: Parcel, reply: Reply): void => {
		if (!parcels.includes(parcel)) return;
		const { origin, attempt } = parcel;
		const decision = decideReply(reply, attempt - 1, random(), now());
		if (typeof decision === "number") {
			waiting = true;
			later(() => {
				waiting = false;
				pump();
			}, decision);
			return;
		}
		if (decision === "stop") {
			onRefused();
			return;
		}
		if (decision === "drop") origin?.onDropped();
		else for (const directive of decision) origin?.onDirective(directive);
		parcels = parcels.filter((other) => other !== parcel);
		if (parcels.length === 0) onIdle();
	};

	const pump = (): void => {
		const [parcel] = parcels;
		if (parcel === undefined || parcel.spoken || busy || waiting) return;
		busy = true;
		send(parcel, false, () => {
			busy = false;
		});
	};

	return {
		add(chunks, origin) {
			parcels.push(...wrap(chunks, origin));
			pump();
		},
		speak(urgent, others, origin) {
			parcels = [...wrap(urgent, origin), ...parcels, ...wrap(others, origin)];
			for (const parcel of parcels) {
				const { length } = parcel.bytes;
				if (parcel.spoken || keptAlive + length > KEEPALIVE_BYTES) continue;
				keptAlive += length;
				parcel.spoken = true;
				send(parcel, true, () => {
					keptAlive -= length;
					parcel.spoken = false;
				});
			}
			pump();
		},
		unsent: () =>
			[...parcels].sort((a, b) => Number(a.spoken) - Number(b.spoken)).map(({ bytes }) => bytes),
		size: () => sumLengths(parcels.map(({ bytes }) => bytes)),
		forget(origin) {
			parcels = parcels.filter((parcel) => parcel.origin !== origin);
		},
		stop() {
			stopped = true;
			parcels = [];
		},
	};
}
