import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMetrics } from "../../server/metrics.ts";
import { createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import { startTestServer, type TestServer } from "./start-server.ts";

test("counters, gauges and histograms come as Prometheus reads them, and labels are bounded", () => {
	const metrics = createMetrics();
	const seen = metrics.counter("snag_seen_total", "What was seen.", {
		name: "kind",
		values: ["a"],
	});
	seen(2, "a");
	seen(1, "made up");
	seen(1, "made up as well");
	metrics.gauge("snag_size", "How large it is.", () => 7);
	const took = metrics.histogram("snag_seconds", "How long it took.", [0.1, 1]);
	for (const seconds of [0.05, 0.5, 5]) took(seconds);
	expect(metrics.text()).toBe(`# HELP snag_seen_total What was seen.
# TYPE snag_seen_total counter
snag_seen_total{kind="a"} 2
snag_seen_total{kind="other"} 2
# HELP snag_size How large it is.
# TYPE snag_size gauge
snag_size 7
# HELP snag_seconds How long it took.
# TYPE snag_seconds histogram
snag_seconds_bucket{le="0.1"} 1
snag_seconds_bucket{le="1"} 2
snag_seconds_bucket{le="+Inf"} 3
snag_seconds_sum 5.55
snag_seconds_count 3
`);
	expect(() => metrics.gauge("snag_size", "Another.", () => 0)).toThrow("two metrics");
});

describe("a server", () => {
	let server: TestServer;
	beforeAll(async () => {
		server = await startTestServer();
	});
	afterAll(() => server.close());

	const read = (token = server.server.token) =>
		fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });

	test("tells its figures to whoever has a token, and to nobody else", async () => {
		await server.post(createSampleChunk(createSampleSession()));
		await server.post(new Uint8Array(10));
		const answer = await read();
		expect(answer.headers.get("content-type")).toContain("version=0.0.4");
		const text = await answer.text();
		expect(text).toMatch(/^snag_uploads_total\{status="204"\} 1$/m);
		expect(text).toMatch(/^snag_uploads_total\{status="400"\} 1$/m);
		expect(text).toMatch(/^snag_acknowledge_seconds_count 1$/m);
		expect(text).toMatch(/^snag_pack_chunks_total 1$/m);
		expect(text).toMatch(/^snag_in_flight_bytes 0$/m);
		expect(text).toMatch(/^snag_finished_sessions 0$/m);
		expect((await read("wrong")).status).toBe(401);
		expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
	});

	test.each([
		["nonsense", "NONSENSE\r\n\r\n", "400"],
		["a head without end", `POST /i/x HTTP/1.1\r\nX: ${"x".repeat(100_000)}\r\n\r\n`, "431"],
	])("answers %s so that a page can read it", async (_, request, status) => {
		const { port } = new URL(server.url);
		const answer = await new Promise<string>((resolve, reject) => {
			const socket = connect(Number(port), "127.0.0.1", () => socket.write(request));
			let text = "";
			socket.setEncoding("utf8").on("data", (part) => {
				text += part;
			});
			socket.on("close", () => resolve(text)).on("error", reject);
		});
		expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
		expect(answer).toContain("Access-Control-Allow-Origin: *");
		expect(answer).toContain("Retry-After: 5");
	});
});
