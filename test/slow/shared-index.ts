// One index for several servers, as a ClickHouse server would be: the embedded engine in its process, its
// unix socket reached through a port of the loopback.
import { fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { killWithUs } from "../support/reaper.ts";
import { createTempFolder } from "../support/temp-folder.ts";

export interface SharedIndex {
	/** For SNAG_CLICKHOUSE_URL. */
	url: string;
	stop(): Promise<void>;
}

export async function startSharedIndex(): Promise<SharedIndex> {
	const folder = await createTempFolder("shared-index");
	const path = join(folder.path, "index.sock");
	const child = fork("dist/index-child.js", [join(folder.path, "index"), path], {
		execArgv: [],
		env: { ...process.env, UV_THREADPOOL_SIZE: "16" },
	});
	killWithUs(child);
	await once(child, "message");
	const door = createServer((client) => {
		const socket = connect({ path });
		client.pipe(socket).pipe(client);
		client.on("error", () => socket.destroy());
		socket.on("error", () => client.destroy());
	});
	door.listen(0, "127.0.0.1");
	await once(door, "listening");
	const { port } = door.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		async stop() {
			door.close();
			const ended = once(child, "exit");
			child.kill("SIGKILL");
			await ended;
			await folder.remove();
		},
	};
}
