// Kills a child process when this process dies, however it dies: a test runner that gets SIGKILL
// runs no exit handler, and its daemons would linger for ever. A small shell holds the reading end
// of a pipe from us; the kernel closes our end when we are gone, and the shell then kills the
// child. Rejected: PR_SET_PDEATHSIG (`setpriv --pdeathsig` is Linux only and bound to the thread).
import { type ChildProcess, spawn } from "node:child_process";

// A word on the pipe means that the child has ended and its pid may belong to somebody else;
// only the end of the pipe without a word means that we died.
const SCRIPT = `
	read -r word && exit 0
	kill -TERM "$1" 2>/dev/null
	for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 0.2; done
	kill -KILL "$1" 2>/dev/null
	[ -z "$2" ] || rm -rf "$2"
`;

/**
 * Ties a child to the life of this process. `folder`, when given, is removed after the child was
 * killed this way; several children may name the same one, the last to end really clears it.
 */
export function killWithUs(child: ChildProcess, folder = ""): void {
	if (child.pid === undefined) return;
	const reaper = spawn("/bin/sh", ["-c", SCRIPT, "reaper", String(child.pid), folder], {
		stdio: ["pipe", "ignore", "ignore"],
		// A Ctrl-C in the terminal must not end it before it has done its work.
		detached: true,
	});
	// EPIPE when the reaper was killed by hand: then there is nothing left to tell it.
	reaper.stdin.on("error", () => {});
	reaper.on("error", () => {});
	child.once("exit", () => reaper.stdin.end("ended\n"));
	reaper.unref();
}
