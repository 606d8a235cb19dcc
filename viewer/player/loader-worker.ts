// The worker around the loader: orders in, reports out.
import { createLoader } from "./loader.ts";
import type { Order } from "./loader-messages.ts";

const loader = createLoader({
	request: (input, init) => fetch(input, init),
	post: (report) => postMessage(report),
	wait: (ms) => new Promise((done) => setTimeout(done, ms)),
});

addEventListener("message", ({ data }: MessageEvent<Order>) => loader.obey(data));
