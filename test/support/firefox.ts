// Debian's Firefox ESR through puppeteer-core, by WebDriver BiDi. What is recorded in it is proved apart
// from everything else (`npm run test:slow`): its engine tells changes in other orders and writes CSS in
// other words.
import puppeteer from "puppeteer-core";
import { createTestBrowser, type TestBrowser } from "./browser.ts";
import { findFirefox } from "./debian-packages.ts";
import { createTempFolder } from "./temp-folder.ts";

/** A large page takes longer to be told by than the usual half minute on a busy machine. */
const PROTOCOL_TIMEOUT_MS = 180_000;

/** Starts Firefox with a profile folder of its own. */
export async function launchFirefox(): Promise<TestBrowser> {
	const executablePath = findFirefox();
	if (!executablePath) throw new Error("no Firefox found: install it or set SNAG_TEST_FIREFOX");
	const profile = await createTempFolder("firefox");
	const browser = await puppeteer
		.launch({
			...{ browser: "firefox", executablePath, headless: true, userDataDir: profile.path },
			...{ protocolTimeout: PROTOCOL_TIMEOUT_MS },
		})
		.catch(async (error) => {
			await profile.remove();
			throw error;
		});
	return createTestBrowser(browser, profile);
}
