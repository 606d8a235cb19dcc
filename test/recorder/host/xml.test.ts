// Documents of XML: XHTML and SVG are recorded as any other page where the script is one of HTML; from
// SVG's own script element, which has another address, the recorder stays out without a word.
import { expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { startIntake } from "../intake.ts";

const XHTML = `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Page</title>{{script}}</head>
<body><p id="p">Text<br/></p><button id="b">Press</button><svg xmlns="http://www.w3.org/2000/svg"><rect/></svg></body></html>`;
const SVG = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><title>Picture</title>{{script}}
<g id="p"><rect id="b" width="100" height="100"/></g><style>rect { fill: green }</style></svg>`;

const CASES: [name: string, path: string, html: string, hears: "document" | "anything"][] = [
	["XHTML", "/page.xhtml", XHTML, "document"],
	["SVG with a script of HTML", "/page.svg", SVG, "anything"],
	[
		"SVG with a script of its own",
		"/own.svg",
		SVG.replace("{{script}}", "{{script:svg}}"),
		"anything",
	],
];

describeWithBrowser("a document of", (browser) => {
	test.each(CASES)("%s behaves as without us", async (_, path, html, hears) => {
		const bare = path.replace("/", "/bare-");
		const intake = await startIntake({ [path]: html, [bare]: html.replace(/\{\{.*?\}\}/, "") });
		const visit = (path: string, ready: () => Promise<unknown>) =>
			browser().withPage(async ({ page, problems }) => {
				await page.goto(intake.page(path));
				await ready();
				await page.click("#b");
				const seen = await page.evaluate(() => {
					document.getElementById("p")?.append("more");
					history.pushState(null, "", "?x");
					document.documentElement.querySelector("style")?.sheet?.insertRule("p{}");
					const copy = document.documentElement.cloneNode(true) as Element;
					for (const script of copy.querySelectorAll("script")) script.remove();
					return copy.outerHTML;
				});
				await page.goto(intake.page("/away"));
				return { seen, problems };
			});
		const types = () => intake.accepted.flatMap(({ events }) => events.map(({ type }) => type));
		try {
			const want = await visit(bare, async () => {});
			const got = await visit(path, () => {
				const isHeard = () =>
					hears === "document"
						? types().includes(2)
						: intake.asked.some((a) => a.includes("snag.js"));
				return waitFor(isHeard, { what: "the recorder" });
			});
			expect(got).toEqual(want);
			expect(got.problems).toEqual([]);
		} finally {
			await intake.close();
		}
	});
});
