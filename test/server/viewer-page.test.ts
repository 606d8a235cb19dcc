// Which page answers a path, and that what it says will be asked for is what the viewer asks for.
import { expect, test } from "vitest";
import { findViewerPage } from "../../server/viewer-page.ts";

const SESSION = "01a2022a-a47e-7a67-9de0-a0b18f1904ae";

test.each([
	"/",
	"/sites/1/sessions",
	`/sites/1/sessions/${SESSION}/more`,
	`/sites/1/sessions/${SESSION}>; rel=preload`,
	"/sites/one/sessions/two",
])("%s is answered by the page of every screen", (path) => {
	expect(findViewerPage(path)).toEqual({ file: "index.html", link: undefined });
});

test("a replay is answered by a page of its own, with what it will ask for", () => {
	const { file, link } = findViewerPage(`/sites/7/sessions/${SESSION}`);
	expect(file).toBe("replay.html");
	expect(link?.split(", ")).toEqual([
		"</api/v1/sites>; rel=preload; as=fetch; crossorigin=anonymous",
		`</api/v1/sites/7/sessions/${SESSION}>; rel=preload; as=fetch; crossorigin=anonymous`,
	]);
});
