// The page's end of the worker that loads.
import type { Order, Report } from "./loader.ts";

/** Where the build put the worker; `build.mjs` writes it in. */
declare const SNAG_LOADER: string;

export interface LoaderClient {
	send(order: Order): void;
	close(): void;
}

export function createLoaderWorker(): Worker {
	return new Worker(SNAG_LOADER, { type: "module", name: "loader" });
}

/** @param onReport is told of everything but what comes after `close` */
export function startLoader(worker: Worker, onReport: (report: Report) => void): LoaderClient {
	worker.onmessage = ({ data }: MessageEvent<Report>) => onReport(data);
	worker.onerror = ({ message }) => {
		const error = {
			code: "unreachable",
			message: message || "The loader did not start.",
			status: 0,
		};
		onReport({ is: "failed", token: 0, error, passing: false });
	};
	return {
		send: (order) => worker.postMessage(order),
		close() {
			worker.onmessage = null;
			worker.terminate();
		},
	};
}
