// Help that is sought because of trouble, and help that is not.
import { button, main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";
import { one } from "./trouble.ts";

export const helping: Scenario[] = help();

function help(): Scenario[] {
	const inner = `${button("it", "Apply")}${button("other", "Other")}`;
	const script = `if (document.querySelector('[data-testid="help"]')) on("help", () => say("We are here")); on("other", () => say("Done"))`;
	const seek = (id: string) => async (visitor: Visitor) => {
		await visitor.rest(400);
		await visitor.press("it");
		await visitor.rest(4200);
		await visitor.press(id);
		await visitor.rest(1200);
	};
	return [
		one("help-after-trouble", {
			inner: inner + button("help", "Help"),
			...{ script, visit: seek("help") },
			must: [
				{ kind: "dead", on: "it" },
				{ kind: "help_after", on: "it" },
			],
		}),
		one("contact-after-trouble", {
			pages: {
				"": main(`${inner}<a href="contact" data-testid="help">Contact</a>`, script),
				contact: main("Write to us"),
			},
			visit: seek("help"),
			must: [
				{ kind: "dead", on: "it" },
				{ kind: "help_after", on: "it" },
			],
		}),
		one("no-help-after-trouble", {
			...{ inner, script, visit: seek("other") },
			must: [{ kind: "dead", on: "it" }],
			trapOf: ["help_after"],
		}),
		one("help-before-trouble", {
			inner: inner + button("help", "Help"),
			script,
			visit: async (visitor) => {
				await visitor.rest(400);
				await visitor.press("help");
				await visitor.rest(1200);
				await visitor.press("it");
				await visitor.rest(3500);
			},
			must: [{ kind: "dead", on: "it" }],
			trapOf: ["help_after"],
		}),
		one("chat-in-another-word", {
			inner: inner + button("help", "Chatty parrot toys"),
			...{ script, visit: seek("help") },
			must: [{ kind: "dead", on: "it" }],
			trapOf: ["help_after"],
		}),
	];
}
