// The worker around the loader: orders in, reports out.
import { createLoader, type Order } from "./loader.ts";

const loader = createLoader({
	request: (input, init) => fetch(input, init),
	post: (report) => postMessage(report),
	wait: (ms) => new Promise((done) => setTimeout(done, ms)),
});

addEventListener("message", ({ data }: MessageEvent<Order>) => loader.obey(data));
