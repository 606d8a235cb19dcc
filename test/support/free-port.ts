// Finds a TCP port on loopback that nobody listens on. Ports come from below the ephemeral range
// (Linux 32768, macOS 49152) rather than from `listen(0)`: a port that is released and bound again,
// like that of a store which is "down" for a while, could otherwise be given to an outgoing
// connection in between, and a client that retries on a closed ephemeral port of its own host can
// even connect to itself.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const ATTEMPTS = 50;

/** A free port on 127.0.0.1; throws when 50 random ones are all taken. */
export async function findFreePort(): Promise<number> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
		if (await isFree(port)) return port;
	}
	throw new Error(`no free port on 127.0.0.1 among ${ATTEMPTS} tried`);
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
