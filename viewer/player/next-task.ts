// A breath between two tasks of the page.

/** Sooner than a timer, which waits 4 ms after a few rounds. */
export function nextTask(): Promise<void> {
	return new Promise((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(0);
	});
}
