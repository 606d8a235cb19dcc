// The list of sessions, most friction first, that fills by itself while one looks at it. Who is there now stands above.
import { useSignal } from "@preact/signals";
import { useCallback, useEffect, useMemo } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { SetupGuide } from "../setup/setup-guide.tsx";
import { explainError } from "../ui/explain-error.ts";
import { formatClock, plural } from "../ui/format.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { Icon } from "../ui/icon.tsx";
import { ErrorCard } from "../ui/state-card.tsx";
import { isGoingOn } from "./is-going-on.ts";
import { ListFilters, NoneFits } from "./list-filters.tsx";
import { createSessionFeed, type Feed } from "./session-feed.ts";
import { isFiltered, type SessionList, WHOLE_LIST } from "./session-list.ts";
import { SessionTable } from "./session-table.tsx";

const FEW = 8;

interface SessionsPageProps {
	site: Site;
	/** undefined for all, most friction first. */
	list: SessionList | undefined;
}

export function SessionsPage({ site, list = WHOLE_LIST }: SessionsPageProps) {
	const { api } = useApp();
	const paused = useSignal(false);
	const source = useMemo(
		() => createSessionFeed(api, { site: site.id, list }, Date.now),
		[api, site.id, list.sort, list.kind, list.page, list.key, list.filter, list.days],
	);
	const togglePause = useCallback(() => {
		paused.value = !paused.value;
	}, [paused]);
	useEffect(() => {
		if (!paused.value) return source.watch();
		// Another list was asked for since.
		if (source.feed.value.sessions === undefined) void source.refresh();
		return undefined;
	}, [source, paused.value]);
	const feed = source.feed.value;
	const { sessions } = feed;
	const failure = sessions === undefined ? feed.error : undefined;
	const state = sessions === undefined ? "loading" : "ready";
	// What was asked for can be changed where it was refused.
	if (failure && !isFiltered(list)) return <ErrorCard error={failure} onRetry={source.refresh} />;
	if (sessions?.length === 0 && !isFiltered(list)) {
		return <SetupGuide site={site} title="No sessions yet" />;
	}
	return (
		<div
			class="screen"
			data-state={failure ? "failed" : state}
			aria-busy={sessions === undefined && !failure}
		>
			<div class="screen-head">
				<h1>Sessions</h1>
				<p>{sessions && describeCount(feed)}</p>
				<RefreshButton paused={paused.value} onToggle={togglePause} />
			</div>
			<ListFilters site={site.id} list={list} />
			{failure && <ErrorCard error={failure} level={2} onRetry={source.refresh} />}
			{!failure && feed.error && <StaleBanner feed={feed} onRetry={source.refresh} />}
			{feed.freshness && <FreshnessBanner freshness={feed.freshness} />}
			{sessions === undefined && !failure && <LoadingRows />}
			{sessions?.length === 0 && <NoneFits site={site.id} />}
			{sessions !== undefined && sessions.length > 0 && (
				<SessionTable
					list={list}
					site={site.id}
					sessions={sessions}
					now={feed.readAt}
					onPause={togglePause}
				/>
			)}
			{!isFiltered(list) &&
				sessions !== undefined &&
				feed.next === "" &&
				sessions.length <= FEW && <WhatNext site={site} />}
			{feed.next !== "" && (
				<button
					type="button"
					class="button session-more"
					disabled={feed.loadingMore}
					onClick={source.loadMore}
				>
					{feed.loadingMore ? "Loading…" : "Load more"}
				</button>
			)}
		</div>
	);
}

/** A list that ends within the screen has room to say where to go from here. */
function WhatNext({ site }: { site: Site }) {
	const { sites } = useApp();
	const shopUrl = sites.value?.shopUrl ?? "";
	return (
		<div class="session-next">
			<p>These are all visits so far. New ones appear here by themselves.</p>
			<a class="button button-plain" href={formatRoute({ name: "heatmaps", site: site.id })}>
				<Icon name="press" />
				See where they pressed
			</a>
			<a class="button button-plain" href={formatRoute({ name: "setup", site: site.id })}>
				<Icon name="page" />
				Record your own pages
			</a>
			{shopUrl !== "" && (
				<a class="button button-plain" href={shopUrl} target="_blank" rel="noreferrer">
					<Icon name="link" />
					Open the demo shop
				</a>
			)}
		</div>
	);
}

function describeCount({ sessions = [], next, readAt }: Feed): string {
	const live = sessions.filter((session) => isGoingOn(session, readAt)).length;
	const shown = `${plural(sessions.length, "session")}${next === "" ? "" : " shown"}`;
	return live > 0 ? `${shown}, ${live} going on now` : shown;
}

function RefreshButton({ paused, onToggle }: { paused: boolean; onToggle: () => void }) {
	return (
		<button
			type="button"
			class="button button-plain session-refresh"
			aria-pressed={paused}
			onClick={onToggle}
		>
			<Icon name={paused ? "play" : "pause"} />
			{paused ? "Refreshing is paused" : "Refreshes by itself"}
		</button>
	);
}

function StaleBanner({ feed, onRetry }: { feed: Feed; onRetry: () => void }) {
	if (feed.error === undefined) return null;
	const { title, text } = explainError(feed.error);
	return (
		<div class="banner" data-kind="bad" role="alert">
			<Icon name="warn" />
			<p>
				{title}: this list is from {formatClock(feed.readAt)}. {text}
			</p>
			<button type="button" class="button" onClick={onRetry}>
				Try again
			</button>
		</div>
	);
}

function LoadingRows() {
	return (
		<div class="session-skeleton" aria-hidden="true">
			{[1, 2, 3, 4, 5, 6].map((row) => (
				<i key={row} />
			))}
		</div>
	);
}
