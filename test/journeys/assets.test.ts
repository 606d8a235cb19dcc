// A page with a style sheet, a sheet that it imports, a font and pictures, recorded on a site over plain
// http, where browsers have no hash of their own. Then the site is gone: what is replayed was kept.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync } from "node:zlib";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Manifest, Sessions } from "../../protocol/api.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { startTestServer, type TestServer } from "../server/start-server.ts";
import { createSquareFont } from "../support/square-font.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const HOST = "shop.test";
const COLOURS = { picture: [200, 30, 40], background: [30, 60, 200], font: [0, 128, 0] } as const;
const HTML = `<!doctype html><html><head><title>Shop</title>
<link rel="stylesheet" href="/css/main.css?v=17"></head>
<body><img id="picture" src="img/picture.png?w=2"><div id="background"></div><p id="font">AAA</p></body></html>`;
const MAIN = `@import url("blocks.css") screen;
@font-face { font-family: Square; src: url(../font.ttf) }
body { margin: 0 } #font { font: 60px/1 Square; margin: 0; color: rgb(0, 128, 0) }
#picture { display: block; width: 60px; height: 60px }`;
const BLOCKS = `#background { width: 60px; height: 60px; background: url("/img/background.png") }`;

const FILES: Record<string, [type: string, body: string | Buffer]> = {
	"/": ["text/html", HTML],
	"/css/main.css?v=17": ["text/css", MAIN],
	"/css/blocks.css": ["text/css", BLOCKS],
	"/font.ttf": ["font/ttf", createSquareFont()],
	"/img/picture.png?w=2": ["image/png", createPng(COLOURS.picture)],
	"/img/background.png": ["image/png", createPng(COLOURS.background)],
};

describeWithBrowser(
	"files of a page",
	(browser) => {
		let snag: TestServer;
		let site: Server;
		let isGone = false;
		const asked: string[] = [];

		beforeAll(async () => {
			snag = await startTestServer();
			site = createServer((request, response) => {
				asked.push(`${request.headers.host?.split(":")[0]}${request.url}`);
				const [type, body] = isGone ? [] : (FILES[request.url ?? ""] ?? []);
				if (type === undefined) response.writeHead(404).end();
				else response.writeHead(200, { "content-type": type }).end(body);
			});
			await new Promise<void>((ready) => site.listen(0, "127.0.0.1", ready));
		});
		afterAll(async () => {
			site.closeAllConnections();
			await new Promise((closed) => site.close(closed));
			await snag.close();
		});

		const withPage = (body: (page: Page) => Promise<void>) =>
			browser().withPage(async ({ page, problems }) => {
				await body(page);
				expect(problems.filter((problem) => !problem.includes("favicon"))).toEqual([]);
			});

		test("a session shows its styles, font and pictures when the site is gone, and asks nobody but Snag", async () => {
			const origin = `http://${HOST}:${(site.address() as AddressInfo).port}`;
			const own = await snag.server.sites.create({ name: "Plain", origins: [origin] });
			const script = `<script async src="${snag.url}/snag.js" data-site="${own.key}"></script>`;
			FILES["/"] = ["text/html", HTML.replace("<title>", `${script}<title>`)];
			const path = `/sites/${own.id}/sessions`;
			let manifest: Manifest | undefined;
			await withPage(async (page) => {
				await page.goto(origin);
				expect(await page.evaluate(() => [isSecureContext, "subtle" in crypto])).toEqual([
					false,
					false,
				]);
				await page.evaluate(() => document.fonts.ready.then(() => undefined));
				await expectColours(page, undefined);
				const { sessions } = await snag.getUntil<Sessions>(
					path,
					(answer) => answer.sessions.length > 0,
				);
				const isKept = ({ assets }: Manifest) => Object.keys(assets.names).length >= 5;
				manifest = await snag.getUntil<Manifest>(`${path}/${sessions[0]?.id}`, isKept);
			});
			expect(Object.values(manifest?.assets.sheets ?? {})[0]).toHaveLength(2);
			isGone = true;
			asked.length = 0;
			const foreign: string[] = [];
			const session = `${path}/${manifest?.session.id}`;
			await withPage(async (page) => {
				page.on("request", (request) => {
					const url = request.url();
					if (!url.startsWith(`${snag.url}/`) && !/^(?:data|blob|about):/.test(url))
						foreign.push(url);
				});
				await page.goto(`${snag.url}/?token=${snag.server.token}`);
				await page.goto(`${snag.url}${session}?t=${(manifest?.session.durationMs ?? 0) / 1000}`);
				await page.waitForSelector("[data-stage] iframe");
				await expectColours(page, "[data-stage] iframe");
			});
			expect(asked.filter((url) => !url.endsWith("/favicon.ico"))).toEqual([]);
			expect(foreign).toEqual([]);
		}, 120_000);
	},
	[`--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
);

/** Polls, because a picture is drawn when it has come. */
async function expectColours(page: Page, frame: string | undefined): Promise<void> {
	for (const [id, colour] of Object.entries(COLOURS)) {
		let seen: number[] | undefined;
		const isSeen = async () => {
			seen = await readColour(page, frame, `#${id}`);
			return seen?.every((value, index) => Math.abs(value - (colour[index] ?? 0)) < 8);
		};
		await waitFor(isSeen, { what: `the colour of the ${id}`, timeoutMs: 15_000 }).catch((cause) => {
			throw new Error(`${id}: ${seen} is shown, ${colour} was wanted`, { cause });
		});
	}
}

/** Of the pixels in the middle of an element, as they are on the screen. */
async function readColour(
	page: Page,
	frame: string | undefined,
	selector: string,
): Promise<number[] | undefined> {
	const at = await page.evaluate(
		(frame, selector) => {
			const holder =
				frame === undefined ? undefined : document.querySelector<HTMLIFrameElement>(frame);
			if (holder === null) return undefined;
			const inside = holder?.contentDocument ?? document;
			const box = inside.querySelector(selector)?.getBoundingClientRect();
			if (box === undefined) return undefined;
			const around = holder?.getBoundingClientRect() ?? { left: 0, top: 0, width: 1 };
			const scale = holder ? around.width / (holder.offsetWidth || 1) : 1;
			return {
				x: around.left + (box.left + 30) * scale,
				y: around.top + (box.top + box.height / 2) * scale,
			};
		},
		frame,
		selector,
	);
	if (at === undefined) return undefined;
	const clip = { x: Math.floor(at.x), y: Math.floor(at.y), width: 1, height: 1 };
	const picture = await page.screenshot({ clip, encoding: "base64" });
	return page.evaluate(async (base64) => {
		const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
		const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
		const context = new OffscreenCanvas(1, 1).getContext("2d");
		context?.drawImage(bitmap, 0, 0);
		return [...(context?.getImageData(0, 0, 1, 1).data.slice(0, 3) ?? [])];
	}, picture);
}

/** One pixel. */
function createPng(colour: readonly number[]): Buffer {
	const part = (type: string, data: Buffer) => {
		const named = Buffer.concat([Buffer.from(type), data]);
		const ends = Buffer.alloc(8);
		ends.writeUInt32BE(data.length, 0);
		ends.writeUInt32BE(crc32(named), 4);
		return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
	};
	const head = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
	const pixels = deflateSync(Buffer.from([0, ...colour]));
	const magic = Buffer.from("89504e470d0a1a0a", "hex");
	return Buffer.concat([
		...[magic, part("IHDR", head), part("IDAT", pixels), part("IEND", Buffer.alloc(0))],
	]);
}
