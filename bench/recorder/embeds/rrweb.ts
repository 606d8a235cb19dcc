// Bare rrweb as a site would write it: everything it emits, every ten seconds and when the page goes, as
// gzip of a JSON array.
import { record } from "@rrweb/record";

const SEND_MS = 10_000;
const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;
let events: unknown[] = [];

record({
	emit(event) {
		events.push(event);
	},
});

async function send(): Promise<void> {
	if (events.length === 0) return;
	const text = JSON.stringify(events);
	events = [];
	const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
	const body = await new Response(stream).arrayBuffer();
	await fetch(`${origin}/rrweb`, { method: "POST", body });
}

setInterval(send, SEND_MS);
document.addEventListener("visibilitychange", () => {
	if (document.visibilityState === "hidden") void send();
});
