// Uploads chunks as fast as they are answered, over a fixed number of connections and for a fixed
// time, from a process of its own. Requests are bytes that were made before, written to bare sockets:
// a real HTTP client would take more of the machine than what is measured.
//
// Argument: LoadOptions as JSON. Prints a LoadResult as JSON.
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { encodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { createUuidV7 } from "../../protocol/ids.ts";

export interface LoadOptions {
	port: number;
	path: string;
	origin: string;
	connections: number;
	durationMs: number;
	chunkBytes: number;
}

export interface LoadResult {
	/** Acknowledged chunks. */
	chunks: number;
	/** From the first request to the last answer. */
	elapsedMs: number;
	/** Of each acknowledged chunk. */
	latenciesMs: number[];
	/** Answers other than 204, the first of them as it came. */
	refused: number;
	firstRefusal: string;
	/** What this process itself took of its core, 0 to 1. */
	busy: number;
}

/** Digits of the sequence number are written over in place, so their number is fixed. */
const FIRST_SEQUENCE = 1000;

const options = JSON.parse(process.argv[2] ?? "{}") as LoadOptions;
const result: LoadResult = {
	...{ chunks: 0, elapsedMs: 0, latenciesMs: [], refused: 0, firstRefusal: "", busy: 0 },
};
const clients = Array.from({ length: options.connections }, () => createRequest());
const before = performance.now();
const cpu = process.cpuUsage();
const end = before + options.durationMs;
await Promise.all(clients.map((next) => run(next)));
result.elapsedMs = performance.now() - before;
const { user, system } = process.cpuUsage(cpu);
result.busy = (user + system) / 1000 / result.elapsedMs;
console.log(JSON.stringify(result));

function run(next: () => Buffer): Promise<void> {
	const socket = connect(options.port, "127.0.0.1").setNoDelay(true);
	return new Promise((resolve, reject) => {
		let sentAt = 0;
		let answer = "";
		const send = (): void => {
			sentAt = performance.now();
			if (sentAt >= end) finish(socket, resolve);
			else socket.write(next());
		};
		socket.on("connect", send).on("error", reject);
		socket.setEncoding("latin1").on("data", (text: string) => {
			answer += text;
			if (!isWhole(answer)) return;
			if (answer.startsWith("HTTP/1.1 204")) {
				result.chunks++;
				result.latenciesMs.push(performance.now() - sentAt);
			} else if (result.refused++ === 0) result.firstRefusal = answer.slice(0, 1000);
			answer = "";
			send();
		});
	});
}

function finish(socket: Socket, done: () => void): void {
	socket.end();
	done();
}

function isWhole(answer: string): boolean {
	const end = answer.indexOf("\r\n\r\n");
	if (end < 0) return false;
	const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end))?.[1] ?? "0";
	return answer.length >= end + 4 + Number(length);
}

/** The requests of one session: each call gives the next one, in the same memory. */
function createRequest(): () => Buffer {
	const chunk = createChunk(options.chunkBytes);
	const head = [
		`POST ${options.path} HTTP/1.1`,
		"Host: 127.0.0.1",
		`Origin: ${options.origin}`,
		"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
		"Content-Type: text/plain",
		`Content-Length: ${chunk.length}`,
	];
	const request = Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), chunk]);
	const digits = request.indexOf(`"sequence":${FIRST_SEQUENCE}`) + '"sequence":'.length;
	let sequence = FIRST_SEQUENCE;
	return () => {
		request.write(String(sequence++), digits, "latin1");
		return request;
	};
}

/** A chunk of about the wanted size: five seconds of a visit with three presses. */
function createChunk(bytes: number): Uint8Array {
	const now = Date.now();
	const id = () => randomBytes(16).toString("hex");
	const facts = Array.from({ length: 3 }, (_, index) => [
		...[2, now - index * 900, 0, 4, 12_000 + index, 9000, 612, 40, "flow", "mouse"],
		...[1280, 800, 220, 310, 0, ""],
	]);
	const envelope = {
		...{ version: 1, visitor: id(), session: createUuidV7(now, randomBytes(10)), writeKey: id() },
		...{ tab: id(), stream: id(), sequence: FIRST_SEQUENCE, part: 0 },
		...{ url: `${options.origin}/orders`, view: 0, viewport: [1280, 800], screen: [1920, 1080] },
		...{ language: "en-GB", referrer: "", hints: { mobile: false, platform: "Linux" } },
		events: { encoding: "gzip", count: 60, from: now - 5000, to: now, snapshots: [] },
		...{ dropped: { events: 0, chunks: 0, errors: 0 }, cost: { totalMs: 12.4, longestMs: 3.1 } },
	} as unknown as Envelope;
	const parts = { envelope, facts: gzipSync(JSON.stringify(facts)) };
	const others = encodeChunk({ ...parts, events: new Uint8Array() }).length;
	// The server stores events as they come: any bytes of the right number will do.
	return encodeChunk({ ...parts, events: randomBytes(Math.max(0, bytes - others)) });
}
