// A loopback door in front of a server that we do not own and so cannot stop: closing it refuses
// new connections and cuts the open ones, as a dead server would; opening it brings them back on
// the same port.
import { connect, createServer, type Socket } from "node:net";
import { findFreePort } from "./free-port.ts";

export interface TcpGate {
	port: number;
	open(): Promise<void>;
	close(): Promise<void>;
}

/** A gate to `host:port`, open when this resolves. */
export async function openTcpGate(target: { host: string; port: number }): Promise<TcpGate> {
	const port = await findFreePort();
	const sockets = new Set<Socket>();
	const server = createServer((client) => {
		const upstream = connect(target);
		client.pipe(upstream).pipe(client);
		for (const [socket, other] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(socket);
			socket.on("error", () => other.destroy());
			socket.on("close", () => {
				sockets.delete(socket);
				other.destroy();
			});
		}
	});
	const gate: TcpGate = {
		port,
		open: () =>
			new Promise((resolve, reject) => {
				server.once("error", reject);
				server.listen(port, "127.0.0.1", () => {
					server.off("error", reject);
					resolve();
				});
			}),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				for (const socket of sockets) socket.destroy();
			}),
	};
	await gate.open();
	return gate;
}
