// Counts the bytes that come before the first frame, by standing between browser and server. Not by
// the browser's own protocol: what a worker fetches before one can listen to it would be missing.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { openPlayer, type VisitOptions, withPlayer } from "./visit.ts";

export interface Bytes {
	/** Of the session: what the API answered, as it travelled. */
	data: number;
	/** Of the player itself: page, scripts, styles. */
	code: number;
}

export async function countBytes(options: VisitOptions): Promise<Bytes> {
	const bytes: Bytes = { data: 0, code: 0 };
	const { origin, port } = new URL(options.player.url);
	const server = createServer((asked, answer) => {
		const kind = asked.url?.startsWith("/api/") ? "data" : "code";
		const { method, url: path, headers } = asked;
		const onward = request({ host: "127.0.0.1", port, method, path, headers }, (came) => {
			answer.writeHead(came.statusCode ?? 502, came.headers);
			came.on("data", (piece: Buffer) => {
				bytes[kind] += piece.length;
			});
			came.pipe(answer);
		});
		onward.on("error", () => answer.destroy());
		asked.pipe(onward);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const between = `http://localhost:${(server.address() as AddressInfo).port}`;
	const url = options.player.url.replace(origin, between);
	try {
		return await withPlayer(options, async (page) => {
			await openPlayer(page, url);
			return { ...bytes };
		});
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
