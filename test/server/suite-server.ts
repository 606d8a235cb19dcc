// One server for all tests of a file or of a `describe`.
import { afterAll, beforeAll } from "vitest";
import { startTestServer, type TestServer } from "./start-server.ts";

/** @returns gives the server inside hooks and tests */
export function serverForSuite(env: Record<string, string> = {}): () => TestServer {
	let server: TestServer | undefined;
	beforeAll(async () => {
		server = await startTestServer(env);
	});
	afterAll(() => server?.close());
	return () => {
		if (server === undefined) throw new Error("only hooks and tests of the suite can use this");
		return server;
	};
}
