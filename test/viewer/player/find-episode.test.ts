import { expect, test } from "vitest";
import { findCurrentEpisode, findNextEpisode } from "../../../viewer/player/find-episode.ts";

const episodes = [
	{ name: "first", replayAt: 5000, at: 10_000, until: 12_000 },
	{ name: "inside", replayAt: 6000, at: 11_000, until: 11_500 },
	{ name: "last", replayAt: 40_000, at: 45_000, until: 45_000 },
];

test.each<[number, string | undefined]>([
	[0, undefined],
	[4999, undefined],
	[5000, "first"],
	[10_999, "first"],
	[11_000, "inside"],
	[13_600, "first"],
	[14_001, undefined],
	[41_000, "last"],
	[47_000, "last"],
	[47_001, undefined],
])("at %i ms %s is outlined", (timeMs, name) => {
	expect(findCurrentEpisode(episodes, timeMs)?.name).toBe(name);
});

test.each<[number, "next" | "previous", string | undefined]>([
	[0, "next", "first"],
	[5000, "next", "inside"],
	[6000, "next", "last"],
	[40_000, "next", undefined],
	[40_500, "previous", "inside"],
	[6500, "previous", "first"],
	[5000, "previous", undefined],
])("from %i ms the %s one is %s", (timeMs, way, name) => {
	expect(findNextEpisode(episodes, timeMs, way)?.name).toBe(name);
});
