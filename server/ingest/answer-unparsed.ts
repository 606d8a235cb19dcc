// What Node's parser could not read never reaches a route. The answer says so with the headers that let a
// page read it; it has no code of ours, since a proxy may have spoilt a request that is good the next
// time, and recorders drop what is refused with a code.
import type { Socket } from "node:net";

const STATUS: Readonly<Record<string, string>> = {
	HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
	ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};
const RETRY_SECONDS = 5;

export function answerUnparsed(error: Error & { code?: string }, socket: Socket): void {
	if (error.code === "ECONNRESET" || !socket.writable) {
		socket.destroy(error);
		return;
	}
	const lines = [
		`HTTP/1.1 ${STATUS[error.code ?? ""] ?? "400 Bad Request"}`,
		"Access-Control-Allow-Origin: *",
		"Access-Control-Expose-Headers: Retry-After",
		`Retry-After: ${RETRY_SECONDS}`,
		"Content-Length: 0",
		"Connection: close",
	];
	socket.end(`${lines.join("\r\n")}\r\n\r\n`);
}
