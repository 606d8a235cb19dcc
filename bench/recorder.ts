// What does it cost a page to be recorded? Snag beside no recorder, bare rrweb and others, in turn, on
// a page under stress, on big ones and on applications: npm run bench:recorder
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../test/support/browser.ts";
import { readArguments } from "./recorder/arguments.ts";
import { createDocument, listPages } from "./recorder/pages.ts";
import { type MeasuredRecorder, RECORDERS } from "./recorder/recorders.ts";
import { compareVisits, formatReport } from "./recorder/report.ts";
import { type Sink, startSink } from "./recorder/sink.ts";
import { type Visit, visitPage } from "./recorder/visit.ts";

const BUILT = fileURLToPath(new URL(".", import.meta.url));
const DIST = fileURLToPath(new URL("../../", import.meta.url));
/** Nothing leaves the machine, whatever a recorder has built in. */
const ISOLATED = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"];

const options = readArguments(process.argv.slice(2), {
	pages: listPages({ quick: process.argv.includes("--quick") }),
	recorders: RECORDERS,
});
const sink = await serve();
const opened = await launchBrowser(ISOLATED);
const visits: Visit[] = [];
try {
	for (let round = 0; round < options.rounds; round++) {
		for (const page of options.pages) {
			for (const recorder of rotate(options.recorders, round)) {
				const visit = await visitPage({ browser: opened.browser, sink, page, recorder });
				visits.push(visit);
				console.error(`round ${round + 1}: ${describeVisit(visit)}`);
			}
		}
	}
} finally {
	await opened.close();
	await sink.close();
}
const report = compareVisits(visits, options);
console.log(options.json ? JSON.stringify({ ...report, visits }) : formatReport(report));

async function serve(): Promise<Sink> {
	const read = (folder: string) =>
		readdirSync(`${BUILT}${folder}`)
			.filter((name) => name.endsWith(".js"))
			.map((name): [string, string] => [
				`/${folder}/${name}`,
				readFileSync(`${BUILT}${folder}/${name}`, "utf8"),
			]);
	const scripts = new Map(read("pages"));
	const styles = readFileSync("bench/recorder/pages/style.css", "utf8");
	const own = readdirSync(DIST)
		.filter((name) => /^snag.*\.js$/.test(name))
		.map((name): [string, string] => [`/${name}`, readFileSync(`${DIST}${name}`, "utf8")]);
	const recorders = new Map([...read("embeds"), ...own]);
	const pages = (url: URL): string | undefined => {
		const script = scripts.get(url.pathname);
		if (script !== undefined || !scripts.has(`/pages${url.pathname}.js`)) return script;
		const recorder = RECORDERS.find(({ name }) => name === url.searchParams.get("recorder"));
		return createDocument(url, recorder ? describeScript(recorder) : {}, styles);
	};
	const started = await startSink({ pages, recorders });
	function describeScript({ script, site }: MeasuredRecorder): Record<string, string> {
		if (script === undefined) return {};
		const src = `${started.recorders}${script}`;
		return site === undefined ? { src } : { src, "data-site": site };
	}
	return started;
}

/** Whoever comes first in one round comes last in the next: none is always behind the same other. */
function rotate<T>(items: readonly T[], by: number): T[] {
	const at = by % items.length;
	return [...items.slice(at), ...items.slice(0, at)];
}

function describeVisit(visit: Visit): string {
	const { page, recorder, mainMs, longestMs, workerMs, sentBytes, requests, isWhole } = visit;
	const times = `${Math.round(mainMs)} ms, longest ${Math.round(longestMs)} ms, workers ${Math.round(workerMs)} ms`;
	const sent = `${Math.round(sentBytes / 1000)} KB in ${requests}`;
	return `${page}, ${recorder}: ${times}, ${sent}${isWhole ? "" : ", NOT TO THE END"}`;
}
