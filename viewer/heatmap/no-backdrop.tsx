// A map without the page under it: what is being waited for, and what to do about it meanwhile.
import type { Heatmap, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { plural } from "../ui/format.ts";
import { describeLag } from "../ui/freshness-banner.tsx";
import { Icon } from "../ui/icon.tsx";
import { StateCard } from "../ui/state-card.tsx";
import type { Patience } from "../ui/use-patience.ts";

interface NoBackdropProps {
	site: Site;
	page: string;
	/** undefined while it is not answered. */
	heatmap: Heatmap | undefined;
	patience: Patience;
}

export function NoBackdrop({ site, page, heatmap, patience }: NoBackdropProps) {
	const { sites } = useApp();
	const shopUrl = sites.value?.shopUrl ?? "";
	const { presses = 0, views = 0, freshness } = heatmap ?? {};
	const lag = freshness && describeLag(freshness);
	const isSeen = presses > 0 || views > 0;
	return (
		<div class="map-room map-none" data-state="no-backdrop">
			<StateCard
				title={isSeen ? "Its picture has not arrived yet" : "Nobody has been on this page yet"}
				icon="page"
				level={2}
				actions={
					<>
						<a class="button" href={formatRoute({ name: "heatmaps", site: site.id })}>
							All pages
						</a>
						<a class="button" href={formatRoute({ name: "setup", site: site.id })}>
							Check the setup
						</a>
						{shopUrl !== "" && (
							<a class="button" href={shopUrl} target="_blank" rel="noreferrer">
								Open the demo shop
							</a>
						)}
					</>
				}
			>
				{isSeen ? (
					<p>
						{plural(presses, "press", "presses")} in {plural(views, "view")} of{" "}
						<span class="path">{page}</span> are counted. The picture to draw them on comes with the
						events of a visit, or with the next visit that is recorded with replay.
					</p>
				) : (
					<p>
						A map of <span class="path">{page}</span> is drawn as soon as somebody visits it: on the
						page as it was recorded, with every press where it was made.
					</p>
				)}
				{lag !== undefined && <p class="map-lag">{lag}</p>}
				<Waiting patience={patience} />
			</StateCard>
		</div>
	);
}

function Waiting({ patience: { waiting, again } }: { patience: Patience }) {
	return (
		<p class="map-waiting" role="status">
			{waiting ? (
				<>
					<i class="pulse" aria-hidden="true" />
					Looking for it every 2 seconds
				</>
			) : (
				<button type="button" class="button button-main" onClick={again}>
					<Icon name="again" />
					Look again
				</button>
			)}
		</p>
	);
}
