// Slow answers, errors, and a page that is stuck.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

const press =
	(id = "it", restMs = 3500, beforeMs = 400) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(beforeMs);
		await visitor.press(id);
		await visitor.rest(restMs);
	};

interface One extends Partial<Scenario> {
	script?: string;
	inner?: string;
}

export const one = (
	name: string,
	{ script = "", inner = button("it", "Apply"), ...rest }: One,
): Scenario => ({
	...{ name, pages: { "": main(inner, script) }, visit: press() },
	...rest,
});

export const trouble: Scenario[] = [...slow(), ...errors(), ...stuck()];

function slow(): Scenario[] {
	const link = `<a data-testid="it" href="next?ms=2300">Next page</a>`;
	return [
		one("slow-next-page", {
			pages: { "": main(link), next: main("Next") },
			must: [{ kind: "slow", on: "it" }],
			trapOf: ["dead"],
		}),
		one("slow-without-a-request", {
			script: `on("it", () => after(1800, () => say("Done", "it")))`,
			must: [{ kind: "slow", on: "it" }],
			trapOf: ["dead"],
		}),
		one("slow-with-a-sign-of-it", {
			script: `on("it", () => { find("it").textContent = "Wait"; ask(2200).then(() => say("Done")) })`,
			trapOf: ["slow", "dead"],
		}),
		one("slow-with-a-turning-wheel", {
			script: `on("it", () => { document.documentElement.classList.add("busy"); ask(4000).then(() => say("Done")) })`,
			visit: press("it", 4600),
			trapOf: ["slow", "dead"],
		}),
		one("answered-within-a-second", {
			script: `on("it", () => ask(600).then(() => say("Done")))`,
			trapOf: ["slow"],
		}),
		one("dead-with-a-counter-of-another-site", {
			script: `on("it", () => fetch("http://127.0.0.1:" + location.port + "/api/count"))`,
			must: [{ kind: "dead", on: "it" }],
			trapOf: ["slow"],
		}),
		one("slow-while-others-are-asked-all-the-time", {
			...{ ticks: true, visit: press("it", 3500, 8500) },
			script: `on("it", () => ask(2000).then(() => say("Done")))`,
			must: [{ kind: "slow", on: "it" }],
		}),
		one("dead-while-others-are-asked-all-the-time", {
			...{ ticks: true, visit: press("it", 3500, 8500) },
			must: [{ kind: "dead", on: "it" }],
			trapOf: ["slow"],
		}),
	];
}

function errors(): Scenario[] {
	const error = (name: string, script: string, rest: One = {}) =>
		one(`error-${name}`, { script, must: [{ kind: "error", on: "it" }], ...rest });
	const none = (name: string, script: string, rest: One = {}) =>
		one(`error-${name}`, { script, trapOf: ["error"], ...rest });
	const working = `on("it", () => say("Done"))`;
	return [
		error("thrown", `on("it", () => { say("…"); throw new Error("it broke") })`),
		error("thrown-and-nothing-else", `on("it", () => { throw new TypeError("it is undefined") })`, {
			must: [
				{ kind: "error", on: "it" },
				{ kind: "dead", on: "it" },
			],
		}),
		error(
			"of-a-promise",
			`on("it", async () => { say("…"); await ask(100); throw new Error("rejected") })`,
		),
		error("refused-500", `on("it", () => ask(120, 500).then(() => say("Something went wrong")))`),
		error("refused-404", `on("it", () => ask(120, 404).then(() => say("Not there")))`),
		error("by-finger", `on("it", () => { say("…"); throw new Error("it broke") })`, {
			device: "phone",
		}),
		error("by-key", `on("it", () => { say("…"); throw new Error("it broke") })`, {
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it", { by: "key" });
				await visitor.rest(3500);
			},
		}),
		none("all-the-time", `${working}; setInterval(() => { throw new Error("tick") }, 700)`, {
			visit: press("it", 3500, 2600),
		}),
		none(
			"of-another-site-s-script",
			`on("it", () => { say("Done"); dispatchEvent(new ErrorEvent("error", { message: "Script error." })) })`,
		),
		none(
			"of-an-extension",
			`on("it", () => { say("Done"); dispatchEvent(new ErrorEvent("error", { message: "cannot read", filename: "chrome-extension://abcdef/content.js" })) })`,
		),
		none(
			"of-a-counter",
			`on("it", () => { say("Done"); fetch("http://127.0.0.1:" + location.port + "/api/count?status=500") })`,
		),
		none("probe-401", `on("it", () => { say("Done"); ask(50, 401) })`),
		none("probe-403", `on("it", () => { say("Done"); ask(50, 403) })`),
		none(
			"long-after-a-press",
			`on("it", () => { say("Done"); after(2000, () => { throw new Error("later") }) })`,
		),
		none("without-a-press", `${working}; after(200, () => { throw new Error("at the start") })`, {
			visit: press("it", 3500, 1600),
		}),
		none(
			"of-a-picture",
			`on("it", () => { const image = new Image(); image.src = "/missing"; find("out").append(image) })`,
		),
	];
}

function stuck(): Scenario[] {
	const spin = (ms: number) =>
		`on("it", () => { const until = performance.now() + ${ms}; while (performance.now() < until); say("Done") })`;
	return [
		one("stuck-for-a-second", {
			script: spin(1000),
			must: [{ kind: "slow_input", on: "it" }],
			may: [{ kind: "slow", on: "it" }],
		}),
		one("stuck-for-a-moment", { script: spin(220), trapOf: ["slow_input"] }),
		one("stuck-with-keys", {
			script: spin(900),
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("it", { by: "key" });
				await visitor.rest(3500);
			},
			must: [{ kind: "slow_input", on: "it" }],
		}),
		one("stuck-without-a-press", {
			script: `on("it", () => say("Done")); after(1500, () => { const until = performance.now() + 900; while (performance.now() < until); })`,
			visit: async (visitor) => {
				await visitor.rest(300);
				await visitor.press("it");
				await visitor.rest(4000);
			},
			trapOf: ["slow_input"],
		}),
	];
}
