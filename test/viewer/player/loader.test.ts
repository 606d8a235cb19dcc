// The loader without its worker, against a server of a few lines: what it asks for, what it makes of it.
import { describe, expect, test } from "vitest";
import { SHIFT_HEADER } from "../../../protocol/api.ts";
import { createLoader } from "../../../viewer/player/loader.ts";
import type { Order, Report } from "../../../viewer/player/loader-messages.ts";
import type { Contents } from "../../../viewer/player/passage.ts";
import { waitFor } from "../../support/wait-for.ts";
import { contents, folded, inside, own, slice } from "./contents.ts";

const STARTED_AT = 1_000_000;
const VIEWPORT = { width: 800, height: 600 };

const element = (tagName: string, childNodes: object[], attributes = {}) => ({
	...{ type: 2, id: 2, tagName, childNodes, attributes },
});
const page = (at: number, css = "") => [
	{ type: 4, timestamp: STARTED_AT + at, data: { href: "", ...VIEWPORT } },
	{
		...{ type: 2, timestamp: STARTED_AT + at },
		data: {
			node: {
				...{ type: 0, id: 1 },
				childNodes: [element("html", [element("style", [], { _cssText: css })])],
			},
		},
	},
];
const change = (at: number) => ({
	...{ type: 3, timestamp: STARTED_AT + at },
	data: { source: 0, texts: [], adds: [], removes: [], attributes: [] },
});
const press = (at: number) => ({
	...{ type: 3, timestamp: STARTED_AT + at },
	data: { source: 2, type: 2, id: 2, x: 1, y: 1 },
});

type Answer = unknown | (() => Response | Promise<Response>);

function start(all: Contents, answers: Record<string, Answer>) {
	const reports: Report[] = [];
	const asked: string[] = [];
	const aborted: string[] = [];
	const loader = createLoader({
		request: async (url, init) => {
			const part = String(url).replace("/parts/", "");
			asked.push(part);
			init?.signal?.addEventListener("abort", () => aborted.push(part));
			const answer = answers[part];
			if (typeof answer === "function") return answer(init?.signal);
			return answer === undefined ? refuse(404, "part_gone") : Response.json(answer);
		},
		post: (report) => reports.push(structuredClone(report)),
		wait: async () => undefined,
	});
	const open = { do: "open", url: "/parts/", startedAt: STARTED_AT, viewport: VIEWPORT } as const;
	loader.obey({ ...open, contents: all });
	const find = <K extends Report["is"]>(is: K) =>
		reports.findLast((report): report is Extract<Report, { is: K }> => report.is === is);
	return {
		...{ reports, asked, aborted, find },
		obey: (order: Order) => loader.obey(order),
		aim: (at: number, token = 1) => loader.obey({ do: "aim", token, aim: { tab: "t", at } }),
		reopen: (next: Contents) => loader.obey({ ...open, contents: next }),
		until: <K extends Report["is"]>(is: K) => waitFor(() => find(is), { what: `a report: ${is}` }),
	};
}

const refuse = (status: number, code: string) =>
	Response.json({ error: { code, message: "no" } }, { status });
const never = (signal: AbortSignal) =>
	new Promise<Response>((_, reject) =>
		signal.addEventListener("abort", () => reject(new Error("aborted"))),
	);

const FINISHED = contents(
	[slice("a", 0, 9999), slice("a", 10_000, 60_000)],
	[own("a", 0), folded("a", 10_000)],
);
const ANSWERS = {
	ka0: page(0),
	ka10000: page(10_000),
	a0: [change(10), press(500)],
	a10000: [change(10_001), change(30_000), change(59_000)],
};

const LONGER = contents([...FINISHED.slices, slice("a", 60_001, 70_000)], FINISHED.keyframes);
/** The body's title tells what was done last. */
const titled = (at: number) => {
	const attributes = [{ id: 3, attributes: { title: `at ${at}` } }];
	return { ...change(at), data: { ...change(at).data, attributes } };
};
const plain = (at: number) => {
	const [meta, snapshot] = page(at);
	const body = { ...element("body", []), id: 3 };
	const node = { type: 0, id: 1, childNodes: [element("html", [body])] };
	return [meta, { ...snapshot, data: { node, initialOffset: { left: 0, top: 0 } } }];
};
const TITLED = {
	...{ ka0: plain(0), ka10000: plain(10_000) },
	...{ a0: [press(500)], a10000: [titled(30_000), titled(59_000)] },
};
const titlesOf = (events: readonly { data: unknown }[]) =>
	events.flatMap(({ data }) =>
		(data as { attributes: { attributes: object }[] }).attributes.flatMap(({ attributes }) =>
			Object.values(attributes),
		),
	);

/** A page of which half comes with its snapshot, the rest at 9 s and then the mark. */
const halves = (at: number) => {
	const [meta, snapshot] = plain(at) as [object, { data: object }];
	return [meta, { ...snapshot, data: { ...snapshot.data, isPartial: true } }];
};
const complete = (at: number) => ({
	...{ type: 5, timestamp: STARTED_AT + at },
	data: { tag: "snag.complete", payload: {} },
});
const IN_PARTS = contents(
	[slice("a", 0, 4000), slice("a", 4001, 9500), slice("a", 9501, 30_000)],
	[own("a", 0)],
);

const times = (events: { timestamp: number }[]) =>
	events.map(({ timestamp }) => timestamp - STARTED_AT);

describe("of a page that is told in parts, the loader", () => {
	const parts = { ka0: halves(0), a9501: [titled(20_000)] };

	test("waits for the last part, which is in another slice, and gives it too", async () => {
		let send: ((answer: Response) => void) | undefined;
		const late = () => new Promise<Response>((resolve) => (send = resolve));
		const { aim, until, find } = start(IN_PARTS, {
			...{ ...parts, a0: [titled(10)], a4001: late },
		});
		aim(500);
		await waitFor(() => send !== undefined && find("progress"), { what: "the first slices" });
		expect(find("window")).toBe(undefined);
		send?.(Response.json([titled(9000), complete(9001)]));
		const window = await until("window");
		expect(times(window.events)).toContain(9001);
		expect(window.partial).toBe(undefined);
	});

	test("changes what stands into the page as it was when all had come", async () => {
		const { obey, aim, until } = start(IN_PARTS, {
			...{ ...parts, a0: [titled(10)], a4001: [titled(9000), complete(9001)] },
		});
		aim(25_000);
		await until("window");
		obey({ do: "aim", token: 2, aim: { tab: "t", at: 500 }, shown: { tab: "t", at: 25_000 } });
		const { difference, events } = await until("change");
		expect(titlesOf(difference.events)).toEqual(["at 9000"]);
		expect(times(events)).toEqual([20_000]);
	});

	test("does not take what stands inside of it for the whole", async () => {
		const { obey, aim, until, find } = start(IN_PARTS, {
			...{ ...parts, a0: [titled(10)], a4001: [titled(9000), complete(9001)] },
		});
		aim(25_000);
		await until("window");
		obey({ do: "aim", token: 2, aim: { tab: "t", at: 26_000 }, shown: { tab: "t", at: 5000 } });
		await waitFor(() => find("window")?.token === 2, { what: "a page that is built anew" });
		expect(find("change")).toBe(undefined);
	});

	test("gives one that was left before its last part as it is, and says so", async () => {
		const left = contents(IN_PARTS.slices, [own("a", 0), own("b", 40_000)]);
		const { aim, until } = start(left, { ...parts, a0: [titled(10)], a4001: [titled(9000)] });
		aim(500);
		const { partial } = await until("window");
		expect(partial).toEqual({ from: 0, to: 40_000 });
	});
});

describe("the loader", () => {
	test("gives the keyframe and the events around the instant that is aimed at", async () => {
		const { aim, until, asked } = start(FINISHED, ANSWERS);
		aim(12_000);
		const window = await until("window");
		expect(times(window.events)).toEqual([10_000, 10_000, 10_001, 30_000]);
		expect(window).toMatchObject({ token: 1, until: 42_000, full: false });
		expect(asked.slice(0, 2)).toEqual(["ka10000", "a10000"]);
	});

	test("goes on while it is followed, to the end of the tab", async () => {
		const { aim, until, obey } = start(FINISHED, ANSWERS);
		aim(12_000);
		await until("window");
		obey({ do: "follow", at: 35_000 });
		const more = await until("more");
		expect(times(more.events)).toEqual([59_000]);
		expect(more.until).toBe(Number.POSITIVE_INFINITY);
	});

	test("goes on in what came since, where the tab seemed to end", async () => {
		const live = contents([slice("a", 0, 9999)], [inside("a", 0)]);
		const answers = { a0: [...page(0), change(5000)], a10000: [change(12_000)] };
		const { aim, until, reopen } = start(live, answers);
		aim(6000);
		expect((await until("window")).until).toBe(Number.POSITIVE_INFINITY);
		reopen(contents([slice("a", 0, 9999), slice("a", 10_000, 20_000)], [inside("a", 0)]));
		expect(times((await until("more")).events)).toEqual([12_000]);
	});

	test("folds a long way once, and starts behind it the next time", async () => {
		const text = (at: number) => ({
			...{ type: 3, timestamp: STARTED_AT + at },
			data: {
				source: 0,
				texts: [{ id: 9, value: `${at}` }],
				adds: [],
				removes: [],
				attributes: [],
			},
		});
		const body = [element("p", [{ type: 3, id: 9, textContent: "0" }])];
		const [meta] = page(0);
		const node = { type: 0, id: 1, childNodes: [{ ...element("html", body), id: 3 }] };
		const opening = [meta, { type: 2, timestamp: STARTED_AT, data: { node } }];
		const changes = Array.from({ length: 4000 }, (_, index) => text(index + 1));
		const live = contents([slice("a", 0, 4000)], [inside("a", 0)]);
		const { aim, until, find } = start(live, { a0: [...opening, ...changes] });
		aim(3000, 1);
		const first = await until("window");
		expect(times(first.events).slice(0, 3)).toEqual([3000, 3000, 3000]);
		expect(JSON.stringify(first.events[1])).toContain('"textContent":"2999"');
		aim(3500, 2);
		await waitFor(() => find("window")?.token === 2, { what: "the second window" });
		expect(find("window")?.events[0]).toEqual(first.events[0]);
		aim(100, 3);
		await waitFor(() => find("window")?.token === 3, { what: "the third window" });
		expect(times(find("window")?.events.slice(0, 3) ?? [])).toEqual([0, 0, 1]);
	});

	test("puts shared texts into keyframes, and takes out what could load", async () => {
		const all = contents([slice("a", 0, 9)], [{ ...own("a", 0), texts: [0] }], 1);
		const css = "a{background:url(http://evil.example/x)}b{color:red}";
		const { aim, until } = start(all, {
			ka0: page(0, "\0" + "0"),
			x0: () => new Response(css),
			a0: [change(5)],
		});
		aim(3);
		const json = JSON.stringify((await until("window")).events);
		expect(json).toContain("b{color:red}");
		expect(json).not.toContain("evil.example");
	});

	test("shifts the times of a part whose clock was off", async () => {
		const live = contents([slice("a", 0, 100)], [inside("a", 0)]);
		const json = JSON.stringify([...page(-5000), change(-4950)]);
		const { aim, until } = start(live, {
			a0: () => new Response(json, { headers: { [SHIFT_HEADER]: "5000" } }),
		});
		aim(60);
		expect(times((await until("window")).events)).toEqual([0, 0, 50]);
	});

	test("tells when something was done in each slice", async () => {
		const { aim, until, reports } = start(FINISHED, ANSWERS);
		aim(5);
		await until("window");
		expect(reports).toContainEqual({
			is: "activity",
			part: "a0",
			active: [{ from: 500, to: 500 }],
		});
	});

	test("lets the latest aim win and ends what only the one before needed", async () => {
		const many = contents(
			[0, 1, 2, 3, 4, 5, 6, 7].map((index) => slice("a", index * 10, index * 10 + 9)),
			[own("a", 0), folded("a", 70)],
		);
		const answers: Record<string, Answer> = Object.fromEntries(
			many.slices.map(({ part }) => [part, never]),
		);
		const { aim, until, aborted, reports } = start(many, {
			...answers,
			...{ ka0: never, ka70: page(70), a70: [change(71)] },
		});
		aim(69, 1);
		aim(75, 2);
		expect((await until("window")).token).toBe(2);
		expect(aborted).toHaveLength(2);
		expect(reports.filter(({ is }) => is === "window")).toHaveLength(1);
	});

	test("asks again where the failure is one that passes, and says so from the second time on", async () => {
		let failures = 3;
		const { aim, until, reports } = start(FINISHED, {
			...ANSWERS,
			ka0: () => (failures-- > 0 ? refuse(503, "store_unavailable") : Response.json(page(0))),
		});
		aim(100);
		await until("window");
		const failed = reports.filter(({ is }) => is === "failed");
		expect(failed).toHaveLength(2);
		expect(failed[0]).toMatchObject({ passing: true, error: { code: "store_unavailable" } });
	});

	test("names a failure that stays, once, and tries again when told to", async () => {
		let isBroken = true;
		const { aim, until, obey, find, asked } = start(FINISHED, {
			...ANSWERS,
			ka0: () => (isBroken ? refuse(500, "internal") : Response.json(page(0))),
		});
		aim(100);
		expect(await until("failed")).toMatchObject({ passing: false, error: { status: 500 } });
		expect(asked.filter((part) => part === "ka0")).toHaveLength(1);
		isBroken = false;
		obey({ do: "retry" });
		await until("window");
		expect(find("failed")?.error.code).toBe("internal");
	});

	test("says that its manifest is old where a part is gone, and goes on with the next one", async () => {
		const { aim, until, reopen } = start(
			contents([slice("gone", 0, 9999)], [inside("gone", 0)]),
			ANSWERS,
		);
		aim(100);
		expect((await until("stale")).error.code).toBe("part_gone");
		reopen(FINISHED);
		expect(times((await until("window")).events)).toContain(10);
	});

	test("plays around a slice that cannot be read", async () => {
		const { aim, until, asked } = start(FINISHED, {
			...ANSWERS,
			a0: () => new Response("[{"),
		});
		aim(100);
		await until("window");
		expect(await until("lost")).toMatchObject({ part: "a0" });
		expect(asked.filter((part) => part === "a0")).toHaveLength(1);
	});

	test("plays around a slice that is damaged in the store, once a later manifest names it too", async () => {
		const damaged = () =>
			new Response('{"error":{"code":"part_damaged","message":"is damaged"}}', { status: 404 });
		const { aim, until, reopen } = start(FINISHED, { ...ANSWERS, a0: damaged });
		aim(100);
		expect((await until("stale")).error.code).toBe("part_damaged");
		reopen(FINISHED);
		await until("window");
		expect(await until("lost")).toEqual({ is: "lost", part: "a0", message: "is damaged" });
	});

	test("starts from the keyframe before where one cannot be read", async () => {
		const { aim, until } = start(FINISHED, { ...ANSWERS, ka10000: { no: "events" } });
		aim(12_000);
		expect(times((await until("window")).events).slice(0, 3)).toEqual([0, 0, 10]);
	});

	test("stops reading what inflates without end", async () => {
		let bytes = 0;
		const endless = () =>
			new Response(
				new ReadableStream({
					pull(controller) {
						bytes += 1 << 20;
						controller.enqueue(new Uint8Array(1 << 20).fill(0x20));
					},
				}),
			);
		const { aim, until } = start(FINISHED, { ...ANSWERS, a0: endless });
		aim(100);
		expect((await until("lost")).message).toContain("larger than 16777216 bytes");
		expect(bytes).toBeLessThan(2 * 20 * (1 << 20));
	});

	test("says that a tab has no picture", async () => {
		const { aim, until } = start(contents([slice("a", 0, 9)], []), { a0: [change(1)] });
		aim(5, 7);
		expect((await until("empty")).token).toBe(7);
	});

	test("tells what differs where the page that is shown is of the same document", async () => {
		const { aim, until, find, obey } = start(FINISHED, TITLED);
		aim(100);
		await until("window");
		obey({ do: "aim", token: 2, aim: { tab: "t", at: 30_001 }, shown: { tab: "t", at: 100.5 } });
		const { token, difference, events } = await until("change");
		expect(token).toBe(2);
		expect(difference).toMatchObject({ renames: [], scrolls: [] });
		expect(titlesOf(difference.events)).toEqual(["at 30000"]);
		expect(times(events)).toEqual([59_000]);
		obey({ do: "aim", token: 3, aim: { tab: "t", at: 100 }, shown: { tab: "t", at: 30_001 } });
		await waitFor(() => find("change")?.token === 3, { what: "the way back" });
		expect(titlesOf(find("change")?.difference.events ?? [])).toEqual([null]);
	});

	test("looks at what nobody asked for once nobody asks for anything", async () => {
		const { aim, until, reports, obey } = start(LONGER, { ...ANSWERS, a60001: [press(60_002)] });
		aim(100);
		await until("window");
		obey({ do: "rest" });
		const isRead = () =>
			reports.some((report) => report.is === "activity" && report.part === "a60001");
		await waitFor(isRead, { what: "the activity of the last slice" });
	});

	test("makes a window where the manifest is newer than what is shown", async () => {
		const { aim, until, find, obey, reopen } = start(FINISHED, TITLED);
		aim(100);
		await until("window");
		reopen(FINISHED);
		obey({ do: "aim", token: 2, aim: { tab: "t", at: 500 }, shown: { tab: "t", at: 100 } });
		await waitFor(() => find("window")?.token === 2, { what: "the window" });
		expect(find("change")).toBeUndefined();
	});

	test("fetches the rest when nobody waits, and what is pointed at before it", async () => {
		const { aim, until, asked, obey } = start(LONGER, { ...ANSWERS, a60001: [] });
		aim(100);
		await until("window");
		expect(asked).not.toContain("a60001");
		obey({ do: "rest" });
		await waitFor(() => asked.includes("a60001"), { what: "the rest" });
		expect(asked).not.toContain("ka10000");
		obey({ do: "hint", aims: [{ tab: "t", at: 20_000 }] });
		await waitFor(() => asked.includes("ka10000"), { what: "what is pointed at" });
	});
});
