// A session to watch: the manifest first, so that everything beside the picture stands at once, then
// the events.
import { useCallback, useRef } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute, type Route } from "../routes.ts";
import { ErrorCard, StateCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { SessionView } from "./session-view.tsx";
import { useLoaderWorker } from "./use-loader-worker.ts";

interface SessionPageProps {
	site: Site;
	route: Route & { name: "session" };
}

export function SessionPage({ site, route }: SessionPageProps) {
	const { api } = useApp();
	const early = useLoaderWorker(api.partUrl(site.id, route.session, ""));
	const first = useRef(route.at);
	const ask = useCallback(
		async (stop: AbortSignal) => {
			const answer = await api.readManifest(site.id, route.session, stop);
			if (answer.ok && !stop.aborted) early.prime(answer.value, first.current);
			return answer;
		},
		[api, site.id, route.session, early],
	);
	const [manifest, again] = useAnswer(ask);
	const list = formatRoute({ name: "sessions", site: site.id });
	switch (manifest.state) {
		case "waiting":
			return (
				<div class="player" data-state="loading" aria-busy="true">
					<h1 class="visually-hidden">Replay</h1>
				</div>
			);
		case "failed":
			return (
				<div class="player-problem" data-state="failed">
					{manifest.error.status === 404 ? (
						<StateCard
							title="This session is not here"
							icon="unknown"
							actions={
								<a class="button button-main" href={list}>
									Back to the sessions
								</a>
							}
						>
							<p>
								It may have been deleted, or its time is over: recordings are kept for as many days
								as the server is told to.
							</p>
						</StateCard>
					) : (
						<ErrorCard error={manifest.error} onRetry={again}>
							<a class="button" href={list}>
								Back to the sessions
							</a>
						</ErrorCard>
					)}
				</div>
			);
		case "answered":
			return (
				<SessionView
					{...{ site, route }}
					takeWorker={early.take}
					manifest={manifest.value}
					onReload={again}
				/>
			);
	}
}
