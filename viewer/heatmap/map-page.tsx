// The map of one page: the page rebuilt at a chosen width, the presses on it, the elements by rank.
import { useSignal } from "@preact/signals";
import { useCallback, useMemo, useState } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute, type Route } from "../routes.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { Icon } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { ErrorCard, StateCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { ElementTable } from "./element-table.tsx";
import { MapStage } from "./map-stage.tsx";
import { MapSummary } from "./map-summary.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import { NotShown } from "./not-shown.tsx";
import type { MapReading } from "./read-map.ts";

interface MapPageProps {
	site: Site;
	route: Route & { name: "heatmap" };
}

export function MapPage({ site, route }: MapPageProps) {
	const { api, navigation } = useApp();
	const { page, width, group } = route;
	const [heatmap, askHeatmap] = useAnswer(
		useCallback(
			(stop: AbortSignal) => api.readHeatmap(site.id, { page, group }, stop),
			[api, site.id, page, group],
		),
	);
	const [backdrop, askBackdrop] = useAnswer(
		useCallback(
			(stop: AbortSignal) => api.readBackdrop(site.id, { page, width }, stop),
			[api, site.id, page, width],
		),
	);
	const [reading, setReading] = useState<MapReading | undefined>(undefined);
	const projection = reading?.projection;
	const absent = useMemo(
		() => new Set(projection?.missing.map(({ element }) => element)),
		[projection],
	);
	const pointed = useSignal<string | undefined>(undefined);
	const counts = useSignal(true);
	const keys = useMemo(
		() => [
			{
				keys: ["c"],
				does: "Show or hide the counts",
				run: () => {
					counts.value = !counts.value;
				},
			},
		],
		[counts],
	);
	useKeys(keys);
	if (heatmap.state === "failed") return <ErrorCard error={heatmap.error} onRetry={askHeatmap} />;
	const answered = heatmap.state === "answered" ? heatmap.value : undefined;
	return (
		<div class="screen map">
			<div class="screen-head map-head">
				<div>
					<a class="crumb" href={formatRoute({ name: "heatmaps", site: site.id })}>
						<Icon name="left" size={14} />
						Heatmaps
					</a>
					<h1>
						Presses on <span class="path">{page}</span>
					</h1>
				</div>
				{answered && <MapSummary heatmap={answered} projection={projection} />}
			</div>
			{answered && <FreshnessBanner freshness={answered.freshness} />}
			<MapToolbar
				width={width}
				group={group}
				groups={answered?.groups ?? []}
				counts={counts}
				peak={reading?.peak}
				onChange={(change) => navigation.replace({ ...route, ...change })}
			/>
			<div class="map-columns">
				{backdrop.state === "failed" ? (
					<NoBackdrop error={backdrop.error} onRetry={askBackdrop} />
				) : (
					<MapStage
						heatmap={answered}
						backdrop={backdrop.state === "answered" ? backdrop.value : undefined}
						width={width}
						counts={counts}
						pointed={pointed}
						onRead={setReading}
					/>
				)}
				<aside class="map-side">
					{answered && <ElementTable heatmap={answered} absent={absent} pointed={pointed} />}
					{projection && <NotShown projection={projection} />}
				</aside>
			</div>
		</div>
	);
}

function NoBackdrop({ error, onRetry }: Parameters<typeof ErrorCard>[0]) {
	if (error.status !== 404) return <ErrorCard error={error} level={2} onRetry={onRetry} />;
	return (
		<div data-state="no-backdrop">
			<StateCard title="No picture of this page is stored" icon="empty" level={2}>
				<p>
					Presses were counted, but no recording of this page has a picture to draw them on. It
					comes with the next visit that is recorded with replay.
				</p>
			</StateCard>
		</div>
	);
}
