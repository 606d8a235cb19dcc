// Answers the questions that are asked for, one after the other, in one table.
import { measureDetectors } from "./detectors.ts";
import type { Bench, Figure } from "./figure.ts";
import { formatTable, isMet } from "./figure.ts";
import { measureFinishing } from "./finishing.ts";
import { measureFold } from "./fold.ts";
import { measureHeatmapDraw } from "./heatmap/draw.ts";
import { measureHeatmapQuery } from "./heatmap-query.ts";
import { measureIngest } from "./ingest.ts";
import { measurePlayer } from "./player.ts";
import { measureStoredBytes } from "./stored-bytes.ts";

export const BENCHES: Record<string, Bench> = {
	ingest: measureIngest,
	player: measurePlayer,
	stored: measureStoredBytes,
	finishing: measureFinishing,
	fold: measureFold,
	detectors: measureDetectors,
	"heatmap-query": measureHeatmapQuery,
	"heatmap-draw": measureHeatmapDraw,
};

const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const has = (flag: string) => process.argv.includes(flag);
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
	console.error(`There is no ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.`);
	process.exit(1);
}
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
	if (names.length > 0 && !names.includes(name)) continue;
	const tell = (line: string) => console.error(`${name}: ${line}`);
	figures.push(...(await bench({ tell, quick: has("--quick") })));
}
if (has("--json")) {
	console.log(JSON.stringify(figures.map((figure) => ({ ...figure, met: isMet(figure) }))));
} else {
	console.log(formatTable(figures));
}
