// What the page itself says of a visit. Everything is bounded, and strings go through the text rule: a page
// may hand over more than it means to. Only the id of a person is left as the site gives it.
import {
	FACT_CONSENT,
	FACT_CUSTOM,
	FACT_IDENTIFY,
	FACT_PATTERN,
	FACT_VARIANT,
	type Property,
} from "../../../protocol/fact.ts";
import {
	PROPERTY_COUNT,
	PROPERTY_NAME_CHARS,
	PROPERTY_VALUE_CHARS,
} from "../../../protocol/limits.ts";
import { maskText } from "../../../protocol/text-rule.ts";
import type { FactScope } from "./fact-scope.ts";

export type Properties = Readonly<Record<string, unknown>>;

/** Called in the guard's care. What is neither text, number nor truth value is left out. */
export interface ToldByPage {
	track(name: string, properties?: Properties): void;
	identify(id: string, traits?: Properties): void;
	variant(experiment: string, arm: string): void;
	page(pattern: string): void;
	consent(granted: boolean): void;
}

const MOST_FACTS = 500;
/** Telephones and accounts, which are texts to the text rule; amounts and counts are shorter. */
const LONG_NUMBER = 1e7;

export function createToldByPage({ tell, allow, current }: FactScope): ToldByPage {
	const may = () => allow(FACT_CUSTOM, MOST_FACTS);
	return {
		track(name, properties) {
			if (may()) tell(FACT_CUSTOM, textOf(name), listProperties(properties));
		},
		identify(id, traits) {
			const bounded = String(id).slice(0, PROPERTY_VALUE_CHARS);
			if (may()) tell(FACT_IDENTIFY, bounded, listProperties(traits));
		},
		variant(experiment, arm) {
			if (may()) tell(FACT_VARIANT, textOf(experiment), textOf(arm));
		},
		page(pattern) {
			if (!may()) return;
			current.page = textOf(pattern);
			tell(FACT_PATTERN, current.page);
		},
		consent: (granted) => tell(FACT_CONSENT, granted ? 1 : 0),
	};
}

function textOf(value: unknown): string {
	return maskText(String(value), PROPERTY_VALUE_CHARS);
}

function listProperties(properties: Properties = {}): Property[] {
	return Object.entries(properties)
		.filter(([, value]) => /^(?:string|boolean)$/.test(typeof value) || Number.isFinite(value))
		.slice(0, PROPERTY_COUNT)
		.map(([name, value]) => [
			maskText(name, PROPERTY_NAME_CHARS),
			typeof value === "string" || Math.abs(value as number) >= LONG_NUMBER
				? textOf(value)
				: (value as number | boolean),
		]);
}
