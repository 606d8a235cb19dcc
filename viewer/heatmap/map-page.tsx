// The map of one page: the page rebuilt at a chosen width, the presses on it, the elements by rank.
import { useSignal } from "@preact/signals";
import { useCallback, useMemo, useState } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute, type Route } from "../routes.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { Icon } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { ErrorCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { usePatience } from "../ui/use-patience.ts";
import { ElementTable } from "./element-table.tsx";
import { MapStage } from "./map-stage.tsx";
import { MapSummary } from "./map-summary.tsx";
import { MapToolbar } from "./map-toolbar.tsx";
import { NoBackdrop } from "./no-backdrop.tsx";
import { NoPresses } from "./no-presses.tsx";
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
	const isAbsent = backdrop.state === "failed" && backdrop.error.status === 404;
	const patience = usePatience(
		isAbsent,
		useCallback(() => {
			askBackdrop();
			askHeatmap();
		}, [askBackdrop, askHeatmap]),
	);
	const [reading, setReading] = useState<MapReading | undefined>(undefined);
	const projection = reading?.projection;
	const absent = useMemo(() => {
		const placed = new Set(projection?.placed.map(({ element }) => element));
		const missing = projection?.missing.map(({ element }) => element) ?? [];
		return new Set(missing.filter((element) => !placed.has(element)));
	}, [projection]);
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
				onChange={(change) => navigation.replace({ ...route, ...change })}
			/>
			<div class="map-columns" data-absent={isAbsent || undefined}>
				{isAbsent ? (
					<NoBackdrop site={site} page={page} heatmap={answered} patience={patience} />
				) : backdrop.state === "failed" ? (
					<ErrorCard error={backdrop.error} level={2} onRetry={askBackdrop} />
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
					{projection && projection.shown === 0 && <NotShown projection={projection} />}
					{answered && answered.elements.length > 0 && (
						<ElementTable heatmap={answered} absent={absent} pointed={pointed} />
					)}
					{answered && answered.elements.length === 0 && !isAbsent && (
						<NoPresses
							site={site}
							group={group}
							onAllWidths={() => navigation.replace({ ...route, group: "" })}
						/>
					)}
					{projection && projection.shown > 0 && <NotShown projection={projection} />}
				</aside>
			</div>
		</div>
	);
}
