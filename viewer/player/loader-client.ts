// The page's end of the worker that loads.
import type { Manifest } from "../../protocol/api.ts";
import { createLanes, findFront } from "./lanes.ts";
import type { Order, Report } from "./loader-messages.ts";

/** Where the build put the worker; `build.mjs` writes it in. */
declare const SNAG_LOADER: string;

export interface LoaderClient {
	send(order: Order): void;
	close(): void;
}

export function createLoaderWorker(): Worker {
	return new Worker(SNAG_LOADER, { type: "module", name: "loader" });
}

/** Lets the loader fetch what the first picture needs while its screen is still being drawn. */
export function primeLoader(worker: Worker, { manifest, url, at }: PrimeOptions): void {
	const { session, slices, keyframes, texts, assets } = manifest;
	const { startedAt, viewport } = session;
	const orders: Order[] = [
		{ do: "open", url, startedAt, viewport, contents: { slices, keyframes, texts, assets } },
		{ do: "hint", aims: [{ tab: findFront(createLanes(manifest, session.durationMs), at), at }] },
	];
	for (const order of orders) worker.postMessage(order);
}

interface PrimeOptions {
	manifest: Manifest;
	/** Where the parts are, up to their names. */
	url: string;
	/** ms from the session's start. */
	at: number;
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
