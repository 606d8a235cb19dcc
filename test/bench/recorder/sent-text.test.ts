// A recorder that did not record is found out by what it sent, in whatever way it was packed.
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readSentText } from "../../../bench/recorder/sent-text.ts";

const text = `{"class":"bench-begin","rest":"${"x".repeat(500)}"}`;

test.each<[string, Buffer]>([
	["as it is", Buffer.from(text)],
	["as gzip", gzipSync(text)],
	["as zlib at its weakest", deflateSync(text, { level: 1 })],
	["as zlib", deflateSync(text)],
	["as zlib at its strongest", deflateSync(text, { level: 9 })],
	["behind a head", Buffer.concat([Buffer.from('{"type":"replay"}\n'), deflateSync(text)])],
	["between others", Buffer.concat([Buffer.from("SNG1"), gzipSync(text), Buffer.from("--end")])],
	["without a head", deflateRawSync(text)],
	["without its end", deflateSync(text).subarray(0, -6)],
])("text is found that was sent %s", (_, body) => {
	expect(readSentText(body)).toContain("bench-begin");
});

test("nothing is found where it was not sent", () => {
	expect(readSentText(gzipSync("something else"))).not.toContain("bench-begin");
	expect(readSentText(Buffer.from("something else"))).not.toContain("bench-begin");
});
