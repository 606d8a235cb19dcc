import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import Fastify from "fastify";
import { expect, test } from "vitest";
import { compressAnswers, takesBrotli, takesGzip } from "../../../server/api/compress.ts";

const LONG = "a recorded page ".repeat(500);

function createApp() {
	const app = Fastify();
	compressAnswers(app);
	app.get("/long", async () => ({ text: LONG }));
	app.get("/short", async () => ({ text: "a" }));
	app.get("/stream", async (_, reply) => reply.send(Readable.from([LONG, LONG])));
	app.get("/stored", async (_, reply) =>
		reply.header("Content-Encoding", "gzip").send(Buffer.from("as it is")),
	);
	return app;
}

test.each([
	["/long", "gzip", JSON.stringify({ text: LONG })],
	["/stream", "gzip", LONG + LONG],
	["/short", undefined, JSON.stringify({ text: "a" })],
])(
	"%s is sent with encoding %s to who takes gzip, and plainly to who does not",
	async (url, encoding, want) => {
		const app = createApp();
		const taken = await app.inject({ url, headers: { "accept-encoding": "br, gzip" } });
		expect(taken.headers["content-encoding"]).toBe(encoding);
		expect(String(encoding === undefined ? taken.body : gunzipSync(taken.rawPayload))).toBe(want);
		const plain = await app.inject({ url });
		expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, want]);
	},
);

test("what is stored as gzip is not compressed again", async () => {
	const answer = await createApp().inject({
		url: "/stored",
		headers: { "accept-encoding": "gzip" },
	});
	expect(answer.body).toBe("as it is");
});

test.each([
	[undefined, false],
	["", false],
	["br", false],
	["gzip", true],
	["deflate, gzip;q=0.5", true],
	["gzip;q=0", false],
	["gzip; q=0.0, br", false],
	["*", true],
	["GZIP ", true],
])("accept-encoding %s takes gzip: %s", (accepted, want) => expect(takesGzip(accepted)).toBe(want));

test.each([
	["gzip, deflate, br, zstd", true],
	["br;q=0.5", true],
	["br;q=0, gzip", false],
	["gzip, *", false],
	[undefined, false],
])("accept-encoding %s takes brotli: %s", (accepted, want) =>
	expect(takesBrotli(accepted)).toBe(want),
);
