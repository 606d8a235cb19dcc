// Lit: a form of many fields, each a component with a shadow root, that is checked while one types.
import { css, html, LitElement } from "lit";
import { startPage } from "../live/live-page.ts";
import { createRandom } from "../live/random.ts";

const FIELDS = 40;
const KINDS = ["text", "email", "number", "tel"];

class BenchField extends LitElement {
	static override properties = {
		label: { type: String },
		kind: { type: String },
		value: { state: true },
		hint: { type: String },
	};
	static override styles = css`
		label { display: block; margin: 6px 0; }
		.invalid input { outline: 2px solid #c33; }
		.error { color: #c33; }
		small { color: #667; }
	`;
	declare label: string;
	declare kind: string;
	declare value: string;
	declare hint: string;

	constructor() {
		super();
		this.label = this.kind = this.value = this.hint = "";
	}

	findError(): string {
		if (this.value === "") return "";
		if (this.kind === "email" && !this.value.includes("@")) return "This is no address.";
		if (this.kind === "number" && !/^\d+$/.test(this.value)) return "This is no number.";
		return this.value.length < 4 ? "This is too short." : "";
	}

	override render() {
		const error = this.findError();
		return html`<label class=${error === "" ? "valid" : "invalid"}>
			<span>${this.label}</span>
			<input data-bench="type" .value=${this.value} inputmode=${this.kind}
				@input=${(event: InputEvent) => {
					this.value = (event.target as HTMLInputElement).value;
				}}>
			<button data-bench="press" type="button" @click=${() => {
				this.value = "";
			}}>Clear</button>
			<small>${this.hint}</small>
			${error === "" ? "" : html`<span class="error" role="alert">${error}</span>`}
		</label>`;
	}
}
customElements.define("bench-field", BenchField);

const random = createRandom(1);
const form = document.createElement("main");
form.innerHTML = `<h1>Application</h1><p class="summary" role="status"></p><div class="list" data-bench="scroll"></div>`;
document.body.append(form);
const fields = Array.from({ length: FIELDS }, (_, index) => {
	const field = new BenchField();
	field.label = random.words(2);
	field.kind = KINDS[index % KINDS.length] ?? "text";
	field.hint = random.words(6);
	field.setAttribute("data-bench-host", "");
	return field;
});
form.querySelector(".list")?.append(...fields);
const summary = form.querySelector(".summary") as HTMLElement;

startPage({
	everyMs: 150,
	tick(_, seeded) {
		for (let index = 0; index < 4; index++) {
			const field = fields[seeded.below(FIELDS)];
			if (field === undefined) continue;
			// As when a draft is filled in and corrected by what the server knows.
			field.value = seeded.below(3) === 0 ? seeded.words(1).slice(0, 3) : seeded.words(1);
			field.hint = seeded.words(6);
		}
		const wrong = fields.filter((field) => field.findError() !== "").length;
		summary.textContent = `${wrong} of ${FIELDS} fields are not right yet.`;
	},
});
