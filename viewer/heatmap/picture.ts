// Page and heat in one picture, to be put into a report. The rebuilt document is written out as SVG with
// everything it needs inside (a picture may not fetch), drawn on a canvas, and the heat of the whole document
// over it. What a browser does not draw in SVG (frames, films) stays empty.
import type { Heatmap } from "../../protocol/api.ts";
import { plural } from "../ui/format.ts";
import { createHeat } from "./draw.ts";
import { legendOf } from "./legend.tsx";
import { listPoints } from "./list-points.ts";
import { listBands } from "./map-bands.tsx";
import { paintByRate } from "./map-boxes.tsx";
import type { RampName } from "./ramp.ts";
import { rampColor } from "./ramp.ts";
import { type MapReading, placeAt, projectOn } from "./read-map.ts";
import { positionOf, TICKS } from "./scale.ts";
import { SLOWNESS_TICKS, slownessColor } from "./slowness.ts";
import { listPlaces } from "./use-known.ts";
import {
	boundsOf,
	boxesOf,
	ZONE_AROUND_PX,
	ZONE_NAME_PX,
	type Zone,
	type ZoneCandidate,
} from "./zones.ts";

/** Browsers draw no canvas beyond these. */
const MOST_PIXELS = 100_000_000;
const MOST_SIDE = 16_000;
/** Under the page: what is shown and what its colours mean. */
const STRIP_PX = 56;
const SHADE = "rgb(20 20 18 / 0.34)";

const ZONE = { line: "#5fc7b3", outline: "rgb(19 20 18 / 0.7)", text: "#06231e" };

/** What is drawn beside the heat. */
export interface PictureExtras {
	zones: readonly Zone[];
	/** Where they are looked for; undefined while it is not known. */
	known: Heatmap | undefined;
	/** By how much the page on the screen is scrolled: it is measured at its top. */
	scrolled: number;
}

/** @throws where the browser draws none */
export async function drawPicture(
	reading: MapReading,
	ramp: RampName,
	{ zones, known, scrolled }: PictureExtras,
): Promise<Blob> {
	const { page, heatmap } = reading;
	const width = Math.min(MOST_SIDE, page.size.width);
	const height = Math.min(MOST_SIDE, Math.floor(MOST_PIXELS / width), page.size.height);
	const canvas = document.createElement("canvas");
	[canvas.width, canvas.height] = [width, height + STRIP_PX];
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("this browser draws no canvas of this size");
	context.fillStyle = "#fff";
	context.fillRect(0, 0, width, height + STRIP_PX);
	page.scrollTo(0);
	context.filter = "grayscale(0.85)";
	context.drawImage(await drawDocument(page.document, width, height), 0, 0);
	context.filter = "none";
	context.fillStyle = SHADE;
	context.fillRect(0, 0, width, height);
	const placed = placeAt(reading.projection.placed, 0, reading.page);
	const room = document.createElement("div");
	const heat = createHeat(room, width, height);
	heat.draw(listPoints(heatmap, placed, { y: 0, height }), ramp);
	context.drawImage(heat.canvas, 0, 0, heat.canvas.width * 2, heat.canvas.height * 2);
	heat.remove();
	if (heatmap.kind === "exposure" || heatmap.kind === "hesitation") {
		const paint = paintByRate(heatmap, ramp);
		for (const { element, box } of placed) {
			const { color } = paint(element);
			if (color === undefined) continue;
			context.fillStyle = color;
			context.fillRect(box.x, box.y, box.width, box.height);
		}
	}
	drawBands(context, heatmap, { ramp, width, height });
	if (known && zones.length > 0) {
		const { placed: all } = projectOn(page, known.elements);
		// The page may be longer than its picture.
		context.save();
		context.beginPath();
		context.rect(0, 0, width, height);
		context.clip();
		drawZones(context, zones, listPlaces(all, page, 0));
		context.restore();
	}
	page.scrollTo(scrolled);
	drawStrip(context, heatmap, { ramp, width, top: height });
	return new Promise((done, fail) =>
		canvas.toBlob((blob) => (blob === null ? fail(new Error("it is too large")) : done(blob))),
	);
}

function drawBands(
	context: CanvasRenderingContext2D,
	heatmap: Heatmap,
	{ ramp, width, height }: { ramp: RampName; width: number; height: number },
): void {
	const bands = listBands(heatmap);
	for (const [index, { share }] of bands.entries()) {
		context.fillStyle = rampColor(ramp, positionOf(share));
		context.fillRect(0, (index * height) / bands.length, width, height / bands.length);
	}
}

function drawZones(
	context: CanvasRenderingContext2D,
	zones: readonly Zone[],
	places: readonly ZoneCandidate[],
): void {
	context.font = "600 12px system-ui, sans-serif";
	for (const [at, zone] of zones.entries()) {
		const bounds = boundsOf(boxesOf(zone, places));
		if (bounds === undefined) continue;
		const [x, y] = [bounds.x - ZONE_AROUND_PX, bounds.y - ZONE_AROUND_PX];
		const width = bounds.width + 2 * ZONE_AROUND_PX;
		context.strokeStyle = ZONE.outline;
		context.lineWidth = 4;
		context.strokeRect(x, y, width, bounds.height + 2 * ZONE_AROUND_PX);
		context.strokeStyle = ZONE.line;
		context.lineWidth = 2;
		context.strokeRect(x, y, width, bounds.height + 2 * ZONE_AROUND_PX);
		const named = Math.min(width, context.measureText(zone.name).width + 14);
		// Of two zones that begin at one corner, both names are read.
		const left = at % 2 === 0 ? x - 1 : x + width + 1 - named;
		const top = y < ZONE_NAME_PX ? y : y - ZONE_NAME_PX;
		context.fillStyle = ZONE.line;
		context.fillRect(left, top, named, ZONE_NAME_PX);
		context.fillStyle = ZONE.text;
		context.fillText(zone.name, left + 7, top + 14, named - 14);
	}
}

function drawStrip(
	context: CanvasRenderingContext2D,
	heatmap: Heatmap,
	{ ramp, width, top }: { ramp: RampName; width: number; top: number },
): void {
	const isTimed = heatmap.kind === "hesitation";
	const ticks = isTimed ? SLOWNESS_TICKS : TICKS;
	const bar = Math.min(240, width / 2);
	const from = width - bar - 20;
	for (let x = 0; x < bar; x++) {
		context.fillStyle = isTimed ? slownessColor(x / bar) : rampColor(ramp, x / bar, 1);
		context.fillRect(from + x, top + 12, 1, 10);
	}
	context.fillStyle = "#1b1a17";
	context.font = "12px system-ui, sans-serif";
	context.textAlign = "center";
	for (const [index, tick] of ticks.entries()) {
		context.fillText(String(tick), from + (index * bar) / (ticks.length - 1), top + 40);
	}
	context.textAlign = "left";
	const { page, sessions, views } = heatmap;
	const room = from - 40;
	context.fillText(
		`${page}: ${plural(sessions, "session")}, ${plural(views, "view")}`,
		20,
		top + 22,
		room,
	);
	context.fillText(legendOf(heatmap), 20, top + 42, room);
}

async function drawDocument(
	document: Document,
	width: number,
	height: number,
): Promise<HTMLImageElement> {
	const root = document.documentElement.cloneNode(true) as Element;
	await packPictures(document, root);
	await packStyles(document, root);
	for (const frame of root.querySelectorAll("script,iframe,video,audio,object,embed"))
		frame.remove();
	const markup = new XMLSerializer().serializeToString(root);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${markup}</foreignObject></svg>`;
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	await image.decode();
	return image;
}

/** The clone has the same elements in the same order. */
async function packPictures(document: Document, root: Element): Promise<void> {
	const [live, copies] = [[...document.images], [...root.querySelectorAll("img")]];
	await Promise.all(
		copies.map(async (copy, index) => {
			const source = live[index]?.currentSrc ?? "";
			copy.removeAttribute("srcset");
			copy.removeAttribute("loading");
			if (source !== "") copy.setAttribute("src", await pack(source));
		}),
	);
	for (const source of root.querySelectorAll("picture source")) source.remove();
}

/** All rules of the document as one sheet, with the files they name inside. */
async function packStyles(document: Document, root: Element): Promise<void> {
	const rules = [...document.styleSheets, ...document.adoptedStyleSheets].flatMap((sheet) => {
		try {
			return [...sheet.cssRules].map((rule) => rule.cssText);
		} catch {
			// Of another origin: its rules are not told.
			return [];
		}
	});
	const names = [...new Set(rules.join("\n").match(/url\("[^"]+"\)/g) ?? [])];
	let css = rules.join("\n");
	for (const name of names) {
		const address = name.slice(5, -2);
		if (!address.startsWith("data:")) css = css.replaceAll(name, `url("${await pack(address)}")`);
	}
	for (const old of root.querySelectorAll("style,link")) old.remove();
	const style = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
	style.textContent = css;
	root.querySelector("head")?.append(style);
}

/** The file as `data:`; what cannot be read is left out. */
async function pack(address: string): Promise<string> {
	if (address.startsWith("data:")) return address;
	try {
		const blob = await (await fetch(address, { credentials: "same-origin" })).blob();
		return await new Promise<string>((done, fail) => {
			const reader = new FileReader();
			reader.onload = () => done(String(reader.result));
			reader.onerror = () => fail(reader.error);
			reader.readAsDataURL(blob);
		});
	} catch {
		return "data:,";
	}
}
