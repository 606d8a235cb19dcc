// What a page of the corpus is: markup, and steps that change it. A step is a line of script, which may
// wait; elements are named by their ids; "rest" waits for frames, promises and samples.

export interface FidelityPage {
	name: string;
	/** What stands in the body, or a whole document where it begins with a doctype. */
	html: string;
	steps: string[];
	/** What it loads, by path. */
	files?: Record<string, { type: string; body: string }>;
	/** How often it is compared while it goes on, beside before the first step. */
	checkpoints?: number;
	/** What it shows is not what is recorded: it moves, or some of it is masked. */
	isBlurred?: true;
}

export function writeDocument({ html }: FidelityPage): string {
	if (/^<!doctype|^<html/i.test(html)) return html;
	return `<!doctype html><html><head><title>recorded</title></head><body>${html}</body></html>`;
}
