// From nothing to the first replay: put the script in, watch it arrive, watch the session. Also what
// the list of sessions shows while it is empty.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Setup, Site } from "../../protocol/api.ts";
import type { ApiError } from "../api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { explainError } from "../ui/explain-error.ts";
import { Icon } from "../ui/icon.tsx";
import { watchPoll } from "../ui/poll.ts";
import { LiveCheck } from "./live-check.tsx";
import { OriginsEditor } from "./origins-editor.tsx";
import { RecordingSwitch } from "./recording-switch.tsx";
import { Snippet } from "./snippet.tsx";

const POLL_MS = 1000;

interface SetupGuideProps {
	site: Site;
	title: string;
	/** Below all of it. */
	children?: ComponentChildren;
}

export function SetupGuide({ site, title, children }: SetupGuideProps) {
	const { api, sites } = useApp();
	const setup = useSignal<Setup | undefined>(undefined);
	const error = useSignal<ApiError | undefined>(undefined);
	useEffect(() => {
		const ask = async (stop: AbortSignal) => {
			const result = await api.readSetup(site.id, stop);
			if (stop.aborted) return;
			error.value = result.ok ? undefined : result.error;
			if (result.ok) setup.value = result.value;
		};
		return watchPoll(ask, POLL_MS);
	}, [api, site.id, setup, error]);
	const shopUrl = sites.value?.shopUrl ?? "";
	return (
		<div class="screen setup" data-state={setup.value?.session ? "ready" : "waiting"}>
			<div class="screen-head">
				<h1>{title}</h1>
			</div>
			<div class="setup-columns">
				<div class="setup-steps">
					<Snippet site={site} />
					{shopUrl !== "" && <ShopCard url={shopUrl} />}
					<OriginsEditor site={site} />
					<RecordingSwitch site={site} />
				</div>
				<section class="setup-check" aria-labelledby="setup-check-title">
					<h2 id="setup-check-title">What has arrived</h2>
					{error.value && <CheckProblem error={error.value} />}
					<LiveCheck site={site} steps={setup.value?.steps} />
					{setup.value?.session && (
						<a
							class="button button-main setup-watch"
							href={formatRoute({
								name: "session",
								site: site.id,
								session: setup.value.session,
								at: 0,
							})}
						>
							<Icon name="play" />
							Watch it now
						</a>
					)}
				</section>
			</div>
			{children}
		</div>
	);
}

function ShopCard({ url }: { url: string }) {
	return (
		<section class="setup-card">
			<h2>Or try it in the demo shop</h2>
			<p>
				A small shop with the script already in it. Click around for a moment, then come back: your
				visit is the first session.
			</p>
			<p>
				<a class="button" href={url} target="_blank" rel="noreferrer">
					Open the demo shop
					<Icon name="right" />
				</a>
			</p>
		</section>
	);
}

function CheckProblem({ error }: { error: ApiError }) {
	const { title, text } = explainError(error);
	return (
		<div class="banner" data-kind="bad" role="alert">
			<p>
				{title}. {text}
			</p>
		</div>
	);
}
