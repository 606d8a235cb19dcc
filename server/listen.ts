// Listening, and what it means for the person at the keyboard when that is not possible.
import { StartError } from "./errors.ts";

/** @param variable the environment variable that names the port */
export function describeListenError(error: unknown, variable: string, port: number): unknown {
	switch (error instanceof Error && "code" in error ? error.code : "") {
		case "EADDRINUSE":
			return new StartError(
				`Port ${port} is in use: stop the program that has it or set ${variable}`,
			);
		case "EACCES":
			return new StartError(`Port ${port} is not allowed here: set ${variable}`);
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return new StartError("HOST is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0");
		default:
			return error;
	}
}
