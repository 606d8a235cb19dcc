/** One labelled text field with the place where its error will be said. */
import { type Html, html } from "../html.ts";

export interface Field {
	name: string;
	label: string;
	autocomplete: string;
	type?: "text" | "email";
	inputmode?: "numeric";
	pattern?: string;
	wide?: boolean;
}

export function renderField(field: Field): Html {
	const { name, label, autocomplete, type = "text", inputmode, pattern, wide } = field;
	return html`<div class="field${wide === true && " field-wide"}"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"${inputmode && html` inputmode="${inputmode}"`}${pattern && html` pattern="${pattern}"`} required aria-describedby="${name}-error"><p class="error" id="${name}-error"></p></div>`;
}
