// What a page of the corpus is: markup, and steps that change it. A step is a line of script, which may
// wait; elements are named by their ids; "rest" waits for frames, promises and samples.

export interface FidelityPage {
	name: string;
	/** What stands in the body, or a whole document where it begins with a doctype. */
	html: string;
	steps: string[];
	/** What it loads, by path; a file may be answered late. */
	files?: Record<string, { type: string; body: string | Buffer; lateMs?: number }>;
	/** A file in `apps/`, bundled with its framework and run in the body. */
	app?: string;
	/** How often it is compared while it goes on, beside before the first step. */
	checkpoints?: number;
	/** What it shows is not what is recorded: it moves, or some of it is masked. */
	isBlurred?: true;
}

/** Where the script of its application is served. */
export const APP_PATH = "/app.js";

export function writeDocument({ html, app }: FidelityPage): string {
	if (/^<!doctype|^<html/i.test(html)) return html;
	const body = app === undefined ? html : `${html}<script src="${APP_PATH}"></script>`;
	return `<!doctype html><html><head><title>recorded</title></head><body>${body}</body></html>`;
}
