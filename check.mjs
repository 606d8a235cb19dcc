// Formats, lints and type-checks the whole tree; every folder is checked with its own, narrower
// compiler options, so that `window` does not exist where it must not.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const folders = readdirSync(".", { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && existsSync(`${entry.name}/tsconfig.json`))
	.map((entry) => entry.name);

const commands = [
	["biome", "check", "--error-on-warnings", "."],
	...folders.map((folder) => ["tsc", "--noEmit", "-p", folder]),
];
const failed = commands.filter(([tool, ...args]) => {
	console.log(`> ${tool} ${args.join(" ")}`);
	return spawnSync(`node_modules/.bin/${tool}`, args, { stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) {
	console.error(`${failed.length} of ${commands.length} checks failed`);
	process.exit(1);
}
