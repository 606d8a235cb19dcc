/** The only file of the product that starts a browser; `puppeteer-core` comes with `npm ci`, a browser does not. */
import puppeteer, { type Browser } from "puppeteer-core";

const FLAGS = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	// Containers often have 64 MB of it.
	"--disable-dev-shm-usage",
	// No device is larger. What changes outside the window is not painted, so presses there would seem to wait for
	// seconds for their next frame.
	"--window-size=1920,1200",
];

/** @throws Error that names the browser */
export async function openBrowser(executablePath: string): Promise<Browser> {
	// Chromium's sandbox refuses root; an ordinary user keeps it.
	const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	try {
		return await puppeteer.launch({
			executablePath,
			headless: true,
			args: [...FLAGS, ...sandbox],
			// Chromium ends when its pipe closes, so it never outlives us.
			pipe: true,
			// Ctrl-C lets the visitors leave first.
			handleSIGINT: false,
		});
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new Error(
			`the browser ${executablePath} does not start; CHROME=/path names another (${message})`,
		);
	}
}
