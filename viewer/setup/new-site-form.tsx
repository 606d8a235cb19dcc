// Adding a site: its name, and the origins that may send for it.
import { useSignal } from "@preact/signals";
import type { ApiError } from "../api.ts";
import { useApp } from "../context.ts";
import { Problem } from "../ui/problem.tsx";
import { parseNewSite, type SiteProblems } from "./parse-new-site.ts";

export function NewSiteForm() {
	const { api, sites, navigation } = useApp();
	const name = useSignal("");
	const origins = useSignal("");
	const problems = useSignal<SiteProblems>({});
	const refusal = useSignal<ApiError | undefined>(undefined);
	const sending = useSignal(false);
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		const parsed = parseNewSite(name.value, origins.value);
		problems.value = parsed.problems;
		if (parsed.site === undefined) return;
		sending.value = true;
		const result = await api.createSite(parsed.site);
		sending.value = false;
		refusal.value = result.ok ? undefined : result.error;
		if (!result.ok) return;
		const known = sites.value ?? { sites: [], shopUrl: "" };
		sites.value = { ...known, sites: [...known.sites, result.value] };
		navigation.go({ name: "setup", site: result.value.id });
	};
	return (
		<form class="setup-form" onSubmit={submit} noValidate>
			<div class="field">
				<label for="site-name">Name</label>
				<input
					id="site-name"
					class="input"
					autocomplete="off"
					value={name.value}
					aria-invalid={problems.value.name !== undefined}
					aria-describedby="site-name-problem"
					onInput={(event) => {
						name.value = event.currentTarget.value;
					}}
				/>
				<Problem id="site-name-problem" text={problems.value.name} />
			</div>
			<div class="field">
				<label for="site-origins">Origins</label>
				<p class="field-hint" id="site-origins-hint">
					Scheme, host and port, one a line. Only pages of these may send recordings.
				</p>
				<textarea
					id="site-origins"
					class="input"
					spellcheck={false}
					placeholder={"https://www.example.com\nhttp://localhost:3000"}
					value={origins.value}
					aria-invalid={problems.value.origins !== undefined}
					aria-describedby="site-origins-hint site-origins-problem"
					onInput={(event) => {
						origins.value = event.currentTarget.value;
					}}
				/>
				<Problem id="site-origins-problem" text={problems.value.origins} />
			</div>
			{refusal.value && (
				<p class="field-problem" role="alert">
					The site was not added: {refusal.value.message}
				</p>
			)}
			<button type="submit" class="button button-main" disabled={sending.value}>
				{sending.value ? "Adding…" : "Add the site"}
			</button>
		</form>
	);
}
