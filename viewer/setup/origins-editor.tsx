// Where recordings of a site may come from, to be changed in place. A removed origin stays in its row
// until the screen is left, so that the same button brings it back and the focus never jumps.
import { useSignal } from "@preact/signals";
import type { Site } from "../../protocol/api.ts";
import { Problem } from "../ui/problem.tsx";
import { parseAddedOrigin } from "./parse-origin.ts";
import { useOrigins } from "./use-origins.ts";

export function OriginsEditor({ site }: { site: Site }) {
	const { send, sending } = useOrigins(site);
	const kept = useSignal<readonly string[]>([]);
	const problem = useSignal<{ origin: string; text: string } | undefined>(undefined);
	const toggle = async (origin: string) => {
		if (sending) return;
		// Before the answer comes: a row that goes for a moment takes the focus along.
		kept.value = [...kept.value, origin];
		const others = site.origins.filter((other) => other !== origin);
		const refusal = await send(site.origins.includes(origin) ? others : [...others, origin]);
		problem.value = refusal === "" ? undefined : { origin, text: refusal };
	};
	const rows = [...new Set([...site.origins, ...kept.value])].sort();
	return (
		<section class="setup-card" aria-labelledby="origins-title">
			<h2 id="origins-title">Where recordings may come from</h2>
			<p>Only pages of these origins may send: scheme, host and port must all be the same.</p>
			{rows.length > 0 && (
				<ul class="origins">
					{rows.map((origin) => (
						<OriginRow
							key={origin}
							origin={origin}
							allowed={site.origins.includes(origin)}
							problem={problem.value?.origin === origin ? problem.value.text : undefined}
							onToggle={() => toggle(origin)}
						/>
					))}
				</ul>
			)}
			{site.origins.length === 0 && (
				<p class="origins-none">No origin is allowed, so nothing is accepted.</p>
			)}
			<AddOrigin site={site} send={send} sending={sending} />
		</section>
	);
}

interface OriginRowProps {
	origin: string;
	allowed: boolean;
	problem: string | undefined;
	onToggle: () => void;
}

function OriginRow({ origin, allowed, problem, onToggle }: OriginRowProps) {
	const does = allowed ? "Remove" : "Undo";
	return (
		<li class="origin" data-origin={origin} data-removed={!allowed || undefined}>
			<code>{origin}</code>
			<span class="origin-state" role="status">
				{allowed ? "" : "removed"}
			</span>
			<button type="button" class="button button-plain" onClick={onToggle}>
				{does}
				<span class="visually-hidden"> {origin}</span>
			</button>
			<Problem id={`problem-${origin}`} text={problem} />
		</li>
	);
}

interface AddOriginProps {
	site: Site;
	send: (origins: readonly string[]) => Promise<string>;
	sending: boolean;
}

function AddOrigin({ site, send, sending }: AddOriginProps) {
	const typed = useSignal("");
	const problem = useSignal<string | undefined>(undefined);
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		if (sending) return;
		const parsed = parseAddedOrigin(typed.value, site.origins);
		if ("problem" in parsed) {
			problem.value = parsed.problem;
			return;
		}
		const refusal = await send([...site.origins, parsed.origin]);
		problem.value = refusal === "" ? undefined : `It was not added: ${refusal}`;
		if (refusal === "") typed.value = "";
	};
	return (
		<form class="origin-add" onSubmit={submit} noValidate>
			<label class="visually-hidden" for="origin-new">
				Another origin
			</label>
			<input
				id="origin-new"
				class="input"
				type="url"
				autocomplete="off"
				spellcheck={false}
				placeholder="https://www.example.com"
				value={typed.value}
				aria-invalid={problem.value !== undefined}
				aria-describedby="origin-new-problem"
				onInput={(event) => {
					typed.value = event.currentTarget.value;
					problem.value = undefined;
				}}
			/>
			<button type="submit" class="button">
				Allow
			</button>
			<Problem id="origin-new-problem" text={problem.value} />
		</form>
	);
}
