// The benchmarks in their quick form: that each question is still answered, not how well.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { killWithUs } from "../support/reaper.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LIMIT_MS = 5 * 60_000;

test(
	"every question is answered with a number, in quick form",
	async () => {
		const child = spawn(process.execPath, ["bench/run.mjs", "--quick", "--json"], {
			cwd: ROOT,
			stdio: ["ignore", "pipe", "inherit"],
		});
		killWithUs(child);
		let output = "";
		child.stdout.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
		const [code] = await once(child, "exit");
		expect(code).toBe(0);
		const figures = JSON.parse(output) as { question: string; ours: number | null }[];
		for (const word of [
			"ingest",
			"first frame",
			"seek p95",
			"stored bytes",
			"finishing",
			"fold",
			"detectors",
		]) {
			expect(figures.map(({ question }) => question)).toContainEqual(expect.stringContaining(word));
		}
		for (const { question, ours } of figures) expect(ours, question).toEqual(expect.any(Number));
	},
	LIMIT_MS,
);
