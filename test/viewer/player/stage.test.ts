// The stage uses things inside of rrweb's replayer that it gives no option for. Where a new version names
// them otherwise, nothing would fail: seeks would only be slow again and scrolls late.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

const source = readFileSync(createRequire(import.meta.url).resolve("@rrweb/replay"), "utf8");

test.each([
	[
		"asks its cache before it parses a style sheet",
		/cache\S*\.stylesWithHoverClass\.get\(cssText\)/,
	],
	["has the cache as a field that rebuilds are given", /cache: this\.cache/],
	["scrolls by a method that is told whether to glide", /this\.applyScroll\(d, isSync\)/],
	["glides only where it is not catching up", /behavior: isSync \? "auto" : "smooth"/],
	[
		"applies an event by a function that it makes of it",
		/getCastFn", \(event, isSync = false\) =>/,
	],
	[
		"keeps its events in the context of its service, and plays them by what was played last",
		/const \{ timer, events, baselineTime, lastPlayedEvent \} = ctx/,
	],
	["finds nodes by a map of ids", /getNode\(id\) \{\s*return this\.idNodeMap\.get\(id\) \|\| null/],
	["notes where it hovered last", /this\.lastHoveredRootNode = el\.getRootNode\(\)/],
])("the replayer %s", (_, pattern) => {
	expect(source).toMatch(pattern);
});
