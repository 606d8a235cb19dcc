/** A Chromium or Chrome of this machine: nothing is downloaded to seed a shop. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = [
	...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
	"microsoft-edge",
];
const PLACES = [
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	"/snap/bin/chromium",
	"/opt/google/chrome/chrome",
];

/** The path of a browser: what CHROME names, else what is on the PATH, else where installers put it. */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | undefined {
	if (env.CHROME) return env.CHROME;
	const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...onPath, ...PLACES].find(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
