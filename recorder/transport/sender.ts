// Sends encoded chunks: in order, one at a time, again until they are accepted or refused for good.
// When the page goes away it sends what fits into a keepalive request and leaves the rest, and whatever
// is not known to have arrived, to the next page.
import type { Directive } from "../../protocol/answer.ts";
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
	add(bytes: Bytes, origin?: Origin): void;
	/** The page may go away now: everything that fits is sent at once, the urgent first. */
	speak(urgent: readonly Bytes[], others: readonly Bytes[], origin: Origin): void;
	/** Everything not known to have arrived, what nobody has tried to send first. */
	unsent(): Bytes[];
	/** Encoded bytes that have not been accepted. */
	size(): number;
	isIdle(): boolean;
	/** The chunks of this stream will not be accepted. */
	forget(origin: Origin): void;
	/** Sends nothing any more. */
	stop(): void;
}

export interface SenderOptions {
	/** Ingest address without a query. */
	endpoint: string;
	guard: Guard;
	/** Never rejects. */
	post: (url: string, body: Bytes, keepalive: boolean) => Promise<Reply>;
	beacon: (url: string, body: Bytes) => boolean;
	canKeepAlive: boolean;
	now: () => number;
	/** 0 to 1. */
	random: () => number;
	/** Runs a callback later, guarded. */
	later: (callback: () => void, ms: number) => void;
	/** Nothing waits any more. */
	onIdle: () => void;
	/** The server will never accept anything of this page. */
	onRefused: () => void;
}

interface Parcel {
	bytes: Bytes;
	origin: Origin | undefined;
	urgent: boolean;
	attempt: number;
	/** A keepalive request with it is under way. */
	spoken: boolean;
}

export function createSender(options: SenderOptions): Sender {
	const { guard, post, beacon, now, later } = options;
	let parcels: Parcel[] = [];
	let busy = false;
	let waiting = false;
	let stopped = false;
	let keptAlive = 0;

	const push = (bytes: Bytes, origin: Origin | undefined, urgent: boolean): void => {
		parcels.push({ bytes, origin, urgent, attempt: 0, spoken: false });
	};
	const urlOf = (parcel: Parcel) => `${options.endpoint}?t=${now()}&a=${parcel.attempt++}`;
	const remove = (parcel: Parcel): void => {
		parcels = parcels.filter((other) => other !== parcel);
		if (parcels.length === 0) options.onIdle();
	};

	const settle = (parcel: Parcel, reply: Reply): void => {
		if (stopped || !parcels.includes(parcel)) return;
		const decision = decideReply(reply, parcel.attempt - 1, options.random());
		switch (decision.do) {
			case "accept":
				for (const directive of decision.directives) parcel.origin?.onDirective(directive);
				remove(parcel);
				break;
			case "drop":
				parcel.origin?.onDropped();
				remove(parcel);
				break;
			case "stop":
				options.onRefused();
				break;
			case "retry":
				waiting = true;
				later(() => {
					waiting = false;
					pump();
				}, decision.afterMs);
		}
	};

	const pump = (): void => {
		const parcel = parcels[0];
		if (parcel === undefined || parcel.spoken || busy || waiting || stopped) return;
		busy = true;
		const done = guard.wrap((reply: Reply) => {
			busy = false;
			settle(parcel, reply);
			pump();
		});
		void post(urlOf(parcel), parcel.bytes, false).then(done);
	};

	const speakParcel = (parcel: Parcel): void => {
		const size = parcel.bytes.length;
		if (parcel.spoken || keptAlive + size > KEEPALIVE_BYTES) return;
		// A beacon has no answer: what it carries stays unacknowledged.
		if (!options.canKeepAlive) return void beacon(urlOf(parcel), parcel.bytes);
		parcel.spoken = true;
		keptAlive += size;
		const done = guard.wrap((reply: Reply) => {
			keptAlive -= size;
			parcel.spoken = false;
			// Refused by the browser, not by the server: a beacon may still pass.
			if (reply.status === 0) beacon(urlOf(parcel), parcel.bytes);
			settle(parcel, reply);
			pump();
		});
		void post(urlOf(parcel), parcel.bytes, true).then(done);
	};

	return {
		add(bytes, origin) {
			if (stopped) return;
			push(bytes, origin, false);
			pump();
		},
		speak(urgent, others, origin) {
			if (stopped) return;
			for (const bytes of urgent) push(bytes, origin, true);
			for (const bytes of others) push(bytes, origin, false);
			const byUrgency = [...parcels].sort((a, b) => Number(b.urgent) - Number(a.urgent));
			for (const parcel of byUrgency) speakParcel(parcel);
			pump();
		},
		unsent: () =>
			[...parcels].sort((a, b) => Number(a.spoken) - Number(b.spoken)).map(({ bytes }) => bytes),
		size: () => parcels.reduce((sum, { bytes }) => sum + bytes.length, 0),
		isIdle: () => parcels.length === 0,
		forget(origin) {
			parcels = parcels.filter((parcel) => parcel.origin !== origin);
		},
		stop() {
			stopped = true;
			parcels = [];
		},
	};
}
