// The kill switch of a site. It asks once, since visits are lost for good while it is off; the button
// that stopped is the one that records again, so that a slip is undone where it was made.
import { useSignal } from "@preact/signals";
import type { Site } from "../../protocol/api.ts";
import { Problem } from "../ui/problem.tsx";
import { useSiteChange } from "./use-site-change.ts";

export function RecordingSwitch({ site }: { site: Site }) {
	const { send, sending } = useSiteChange(site);
	const asking = useSignal(false);
	const problem = useSignal<string | undefined>(undefined);
	const state = site.stopped ? "stopped" : asking.value ? "asking" : "recording";
	const press = async () => {
		if (sending) return;
		if (state === "recording") {
			asking.value = true;
			return;
		}
		const refusal = await send({ stopped: !site.stopped });
		problem.value = refusal === "" ? undefined : `Nothing was changed: ${refusal}`;
		asking.value = false;
	};
	const { text, does } = WORDS[state];
	return (
		<section class="setup-card" aria-labelledby="recording-title" data-recording={state}>
			<h2 id="recording-title">{site.stopped ? "Recording is stopped" : "Recording is on"}</h2>
			<p role="status">{text}</p>
			<p class="recording-buttons">
				<button type="button" class="button" onClick={press} aria-describedby="recording-problem">
					{does}
				</button>
				{state === "asking" && (
					<button
						type="button"
						class="button button-plain"
						onClick={() => {
							asking.value = false;
						}}
					>
						Keep recording
					</button>
				)}
			</p>
			<Problem id="recording-problem" text={problem.value} />
		</section>
	);
}

const WORDS = {
	recording: {
		text: "What visitors do on the pages of this site is recorded.",
		does: "Stop recording",
	},
	asking: {
		text: "Within five seconds nothing that visitors do is kept any more, on all pages of this site. What was recorded stays. Visits of the meantime cannot be brought back.",
		does: "Yes, stop recording",
	},
	stopped: {
		text: "Nothing that visitors do is kept. Once it is on again, pages record from their next load on, at most a minute later.",
		does: "Record again",
	},
} as const;
