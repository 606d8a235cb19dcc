// The process of the embedded index: opens the engine on a folder and serves it on a unix socket. It
// lives in a process of its own because a query that exhausts memory or crashes the engine must not
// take recording with it.
//
//   node index-child.js <folder> <socket>
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ChildMessage } from "./child-message.ts";
import { createDoor, type EngineSession } from "./door.ts";

const LOCK_MS = 30_000;
const LOCK_RETRY_MS = 500;
const EXIT_MS = 2000;

const [folder = "", socket = ""] = process.argv.slice(2);
const config = fileURLToPath(new URL("./chdb-config.xml", import.meta.url));

type SessionClass = new (path: string, options?: { connectionArgs: string[] }) => EngineSession;

try {
	const { Session } = createRequire(import.meta.url)("chdb") as { Session: SessionClass };
	// Held open, so that the engine stays up between requests.
	const keep = await openLocked(
		() => new Session(folder, { connectionArgs: [`--config-file=${config}`] }),
	);
	const door = createDoor(() => new Session(folder));
	// A killed predecessor leaves its socket file behind.
	rmSync(socket, { force: true });
	door.listen(socket, () => tell({ kind: "ready" }));

	const end = () => {
		// A running query keeps the engine from closing; the folder survives a hard exit.
		setTimeout(() => process.exit(0), EXIT_MS).unref();
		door.close(() => {
			keep.close();
			process.exit(0);
		});
		door.closeIdleConnections();
	};
	for (const signal of ["SIGTERM", "disconnect"]) process.on(signal, end);
	// The terminal sends SIGINT to the whole group; the parent decides when this process ends.
	process.on("SIGINT", () => {});
} catch (error) {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	const isPlatform = ["MODULE_NOT_FOUND", "CHDB_PLATFORM"].includes(code);
	tell({ kind: isPlatform ? "unsupported" : "failed", message: String(error) });
	process.exitCode = 1;
	process.disconnect?.();
}

/** A predecessor that died in a query keeps its lock for a while. */
async function openLocked(open: () => EngineSession): Promise<EngineSession> {
	const until = Date.now() + LOCK_MS;
	for (;;) {
		try {
			return open();
		} catch (error) {
			if (!/lock/i.test(String(error)) || Date.now() > until) throw error;
			tell({ kind: "locked" });
			await new Promise((next) => setTimeout(next, LOCK_RETRY_MS));
		}
	}
}

function tell(message: ChildMessage): void {
	process.send?.(message);
}
