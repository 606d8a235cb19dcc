// Shown when the server does not know this browser. The token goes to the server in the address, which
// trades it for a cookie and drops it from there.
import { useSignal } from "@preact/signals";
import { Icon } from "../ui/icon.tsx";
import { Wordmark } from "../ui/wordmark.tsx";
import { findToken } from "./find-token.ts";

export function SignInPage() {
	const pasted = useSignal("");
	const submit = (event: SubmitEvent) => {
		event.preventDefault();
		const token = findToken(pasted.value);
		if (token !== "") location.assign(`/?token=${encodeURIComponent(token)}`);
	};
	return (
		<main class="sign-in">
			<Wordmark />
			<h1>Sign in</h1>
			<p>
				Open the link that the server printed when it started. It looks like{" "}
				<code>{location.origin}/?token=…</code> and is printed at every start.
			</p>
			<form class="setup-form" onSubmit={submit}>
				<div class="field">
					<label for="token">Or paste the link or its token here</label>
					<input
						id="token"
						class="input"
						type="password"
						autocomplete="current-password"
						value={pasted.value}
						onInput={(event) => {
							pasted.value = event.currentTarget.value;
						}}
					/>
				</div>
				<button type="submit" class="button button-main" disabled={pasted.value.trim() === ""}>
					Sign in
					<Icon name="right" />
				</button>
			</form>
		</main>
	);
}
