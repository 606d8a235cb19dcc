// What scenarios of forms are made of: a form, fields, and steps that a visitor takes in it.
import { main, type Scenario } from "../scenario.ts";
import type { Visitor } from "../visitor.ts";

export const field = (id: string, attributes = "") =>
	`<input data-testid="${id}" name="${id}" ${attributes}>`;
export const send = `<button data-testid="send">Send</button>`;
/** A form that a server takes. */
export const form = (inner: string, attributes = 'action="done"') =>
	`<form data-testid="form" ${attributes}>${inner}</form>`;
export const pages = (inner: string, script = "") => ({
	"": main(inner, script),
	done: main("Thank you"),
});
export const STAYS = `find("form").addEventListener("submit", (event) => event.preventDefault());`;

export type Step = (visitor: Visitor) => Promise<unknown>;

export const steps =
	(...of: Step[]) =>
	async (visitor: Visitor): Promise<void> => {
		await visitor.rest(600);
		for (const step of of) {
			await step(visitor);
			await visitor.rest(350);
		}
		await visitor.rest(900);
	};
export const type =
	(id: string, text: string, paceMs?: number): Step =>
	(visitor) =>
		visitor.type(id, text, paceMs);
export const press =
	(id: string): Step =>
	(visitor) =>
		visitor.press(id);
export const rest =
	(ms: number): Step =>
	(visitor) =>
		visitor.rest(ms);

export const trap = (
	name: string,
	trapOf: Scenario["trapOf"],
	one: Omit<Scenario, "name" | "trapOf">,
): Scenario => ({
	...{ name, trapOf },
	...one,
});
