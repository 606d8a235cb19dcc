import { expect, test } from "vitest";
import { sniffAsset } from "../../../server/assets/sniff-asset.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");

test.each([
	["image/png", bytes("\x89PNG\r\n\x1a\n....")],
	["image/jpeg", bytes("\xff\xd8\xff\xe0....")],
	["image/gif", bytes("GIF89a")],
	["image/webp", bytes("RIFF\0\0\0\0WEBPVP8 ")],
	["image/avif", bytes("\0\0\0\x1cftypavif")],
	["image/x-icon", bytes("\0\0\x01\0\x01\0")],
	["font/woff2", bytes("wOF2\0\x01")],
	["font/woff", bytes("wOFF\0\x01")],
	["font/ttf", bytes("\0\x01\0\0\0\x0c")],
	["font/otf", bytes("OTTO\0\x0c")],
	["image/svg+xml", Buffer.from('<?xml version="1.0"?><!-- © --><svg xmlns="x"/>')],
	["image/svg+xml", Buffer.from("  <svg>")],
	["text/css", Buffer.from('@charset "utf-8"; a::before { content: "→" }')],
	["text/css", Buffer.from("")],
	[undefined, Buffer.from("<!doctype html><html><body><svg></svg>")],
	[undefined, Buffer.from("<script>alert(1)</script>")],
	[undefined, bytes("\xff\xfea\0{\0}\0")],
	[undefined, bytes("%PDF-1.7\0")],
	[undefined, bytes("PK\x03\x04\0")],
])("%s", (type, content) => {
	expect(sniffAsset(content)).toBe(type);
});
