import { expect, test } from "vitest";
import { KEEPALIVE_BYTES } from "../../../protocol/limits.ts";
import { createGuard } from "../../../recorder/guard.ts";
import type { Reply } from "../../../recorder/transport/decide.ts";
import { type Bytes, createSender } from "../../../recorder/transport/sender.ts";

const ORIGIN = { onDirective: () => {}, onDropped: () => {} };
const OK: Reply = [204];
const DOWN: Reply = [503];

/** A sender whose uploads are answered by the test, one by one. */
function createBench() {
	const uploads: {
		name: number;
		address: string;
		keepalive: boolean;
		answer: (reply: Reply) => Promise<void>;
	}[] = [];
	const timers: (() => void)[] = [];
	const events: string[] = [];
	const sender = createSender([
		"http://x.test/i/site",
		createGuard(
			() => 0,
			() => {},
		),
		(addressOf, body, keepalive) =>
			new Promise((resolve) => {
				const answer = async (reply: Reply) => {
					resolve(reply);
					// The sender goes on in the next microtasks.
					for (let turn = 0; turn < 3; turn++) await undefined;
				};
				uploads.push({ name: body[0] ?? -1, address: addressOf(), keepalive, answer });
			}),
		() => 0,
		() => 0.5,
		(callback) => timers.push(callback),
		() => events.push("idle"),
		() => events.push("refused"),
	]);
	const names = () => uploads.map(({ name }) => name);
	return { sender, uploads, timers, events, names };
}

const chunk = (name: number, length = 10): Bytes => new Uint8Array(length).fill(name);

test("uploads go one at a time and in order", async () => {
	const { sender, uploads, events, names } = createBench();
	sender.add(
		[1, 2, 3].map((name) => chunk(name)),
		ORIGIN,
	);
	expect(names()).toEqual([1]);
	await uploads[0]?.answer(OK);
	await uploads[1]?.answer(OK);
	expect(names()).toEqual([1, 2, 3]);
	expect(events).toEqual([]);
	await uploads[2]?.answer(OK);
	expect(events).toEqual(["idle"]);
	expect(sender.size()).toBe(0);
});

test("what fails is sent again before what follows it", async () => {
	const { sender, uploads, timers, names } = createBench();
	sender.add(
		[1, 2].map((name) => chunk(name)),
		ORIGIN,
	);
	await uploads[0]?.answer(DOWN);
	sender.add([chunk(3)], ORIGIN);
	expect(names()).toEqual([1]);
	timers[0]?.();
	expect(names()).toEqual([1, 1]);
	await uploads[1]?.answer(OK);
	expect(names()).toEqual([1, 1, 2]);
});

test("the last words go at once, the urgent first, and what is too much stays unsent", () => {
	const { sender, uploads, names } = createBench();
	sender.speak([chunk(1)], [chunk(2, KEEPALIVE_BYTES), chunk(3, 1000)], ORIGIN);
	expect(uploads.map(({ name, keepalive }) => [name, keepalive])).toEqual([
		[1, true],
		[3, true],
	]);
	expect(sender.unsent().map(([name]) => name)).toEqual([2, 1, 3]);
	expect(names()).not.toContain(2);
});

test("an upload that is under way is said again with the last words", () => {
	const { sender, uploads } = createBench();
	sender.add([chunk(1)], ORIGIN);
	sender.speak([], [], ORIGIN);
	expect(uploads.map(({ name, keepalive }) => [name, keepalive])).toEqual([
		[1, false],
		[1, true],
	]);
});

test("a page that lives on forgets what was accepted and sends the rest as usual", async () => {
	const { sender, uploads, timers, names } = createBench();
	sender.speak([chunk(1)], [chunk(2)], ORIGIN);
	await uploads[0]?.answer(OK);
	await uploads[1]?.answer([0]);
	expect(sender.unsent().map(([name]) => name)).toEqual([2]);
	timers[0]?.();
	expect(names()).toEqual([1, 2, 2]);
	expect(uploads[2]?.keepalive).toBe(false);
});

test("the budget of last words is free again once they are answered", async () => {
	const { sender, uploads, names } = createBench();
	sender.speak([], [chunk(1, KEEPALIVE_BYTES)], ORIGIN);
	await uploads[0]?.answer(OK);
	sender.speak([], [chunk(2, KEEPALIVE_BYTES)], ORIGIN);
	expect(names()).toEqual([1, 2]);
});

test("each attempt says when it was made and how many there were before", async () => {
	const { sender, uploads, timers } = createBench();
	sender.add([chunk(1)], ORIGIN);
	await uploads[0]?.answer(DOWN);
	timers[0]?.();
	expect(uploads.map(({ address }) => address)).toEqual([
		"http://x.test/i/site?t=0&a=0",
		"http://x.test/i/site?t=0&a=1",
	]);
});

test("directives and losses reach the stream they belong to", async () => {
	const { sender, uploads, events } = createBench();
	const origin = {
		onDirective: ({ do: what }: { do: string }) => void events.push(what),
		onDropped: () => void events.push("dropped"),
	};
	sender.add([chunk(1)], origin);
	sender.add([chunk(2)], origin);
	await uploads[0]?.answer([200, '{"directives":[{"do":"resync"}]}']);
	await uploads[1]?.answer([413, '{"error":{"code":"too_large"}}']);
	expect(events).toEqual(["resync", "dropped", "idle"]);
});

test("after a stop nothing is sent, and an answer that was under way changes nothing", async () => {
	const { sender, uploads, events, names } = createBench();
	sender.add([chunk(1)], ORIGIN);
	sender.add([chunk(2)], ORIGIN);
	sender.stop();
	await uploads[0]?.answer(OK);
	sender.speak([chunk(3)], [], ORIGIN);
	expect(names()).toEqual([1]);
	expect(events).toEqual([]);
});
