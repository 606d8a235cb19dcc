// Everything known of one element: how many pressed it of those who could, what came before and after, and
// three replays at the second.
import { useCallback } from "preact/hooks";
import type { Heatmap, HeatmapElement, Site } from "../../protocol/api.ts";
import { wilson } from "../../signals/statistics/interval.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { formatCount, formatDuration, formatPercent, plural } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { createAsk } from "./map-view.ts";
import { describeElement, nameElement } from "./name-element.ts";
import { Rate } from "./rate.tsx";
import { SlownessBlock, SlownessRow } from "./slowness-block.tsx";
import type { MapRoute } from "./use-map.ts";
import { rateOf } from "./weigh.ts";

interface ElementPanelProps {
	site: Site;
	route: MapRoute;
	heatmap: Heatmap;
	element: HeatmapElement;
	isAbsent: boolean;
	onClose: () => void;
}

export function ElementPanel(props: ElementPanelProps) {
	const { heatmap, element, isAbsent, onClose } = props;
	const { also, presses, sessions, views, exits, first, next } = element;
	return (
		<section class="element-panel" data-element={element.key}>
			<header>
				<div>
					<h2>{nameElement(element)}</h2>
					<p class="element-kind">{describeElement(element, isAbsent)}</p>
				</div>
				<button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
					<Icon name="cross" />
				</button>
			</header>
			{heatmap.kind === "hesitation" ? (
				<SlownessBlock hesitation={element.hesitation} />
			) : (
				<Rate {...rateOf(element, heatmap)} />
			)}
			<dl>
				<dt>Presses</dt>
				<dd>
					{formatCount(presses)} in {plural(sessions, "session")}
				</dd>
				<Slowness {...props} />
				<Share name="Pressed first" part={first} whole={heatmap.views} of="views" />
				<Share name="Left the site after it" part={exits} whole={views} of="views with a press" />
				{next.length > 0 && (
					<>
						<dt>Next page</dt>
						<dd>
							<ul>
								{next.map((then) => (
									<li key={then.page}>
										<span class="path">{then.page}</span> {formatCount(then.views)}
									</li>
								))}
							</ul>
						</dd>
					</>
				)}
				{also.length > 0 && (
					<>
						<dt>Also known as</dt>
						<dd class="element-also">{also.join(", ")}</dd>
					</>
				)}
			</dl>
			{presses > 0 && <Examples {...props} />}
		</section>
	);
}

/** Other maps do not tell how long it takes: it is asked for here. */
function Slowness({ site, route, heatmap, element }: ElementPanelProps) {
	const { api } = useApp();
	const { id } = element;
	const question = JSON.stringify(createAsk(route, 0));
	const read = useCallback(
		async (stop: AbortSignal) => {
			if (heatmap.kind === "hesitation") return { ok: true as const, value: heatmap };
			const ask = { ...createAsk(route, Date.now()), kind: "hesitation" as const };
			return api.readHeatmap(site.id, ask, stop);
		},
		[api, site.id, question, heatmap],
	);
	const [answer] = useAnswer(read);
	if (answer.state !== "answered") return null;
	const hesitation = answer.value.elements.find((one) => one.id === id)?.hesitation;
	return hesitation === undefined ? null : <SlownessRow hesitation={hesitation} />;
}

interface ShareProps {
	name: string;
	part: number;
	whole: number;
	of: string;
}

function Share({ name, part, whole, of }: ShareProps) {
	const { share, lower, upper } = wilson(Math.min(part, whole), whole);
	return (
		<>
			<dt>{name}</dt>
			<dd
				title={`95 % sure that it is between ${formatPercent(lower)} and ${formatPercent(upper)}`}
			>
				{whole === 0 ? "–" : formatPercent(share)}{" "}
				<span class="element-kind">
					{formatCount(part)} of {formatCount(whole)} {of}
				</span>
			</dd>
		</>
	);
}

function Examples({ site, route, element }: ElementPanelProps) {
	const { api } = useApp();
	const { key } = element;
	const question = JSON.stringify(createAsk(route, 0));
	const read = useCallback(
		(stop: AbortSignal) => api.listPresses(site.id, { ...createAsk(route, Date.now()), key }, stop),
		[api, site.id, question, key],
	);
	const [answer] = useAnswer(read);
	if (answer.state === "waiting") return <p class="element-kind">Looking for replays…</p>;
	if (answer.state === "failed") {
		return <p class="element-kind">No replays: {answer.error.message}</p>;
	}
	return (
		<div class="examples">
			<h3>Watch it being pressed</h3>
			<ul>
				{answer.value.presses.map(({ session, at }) => {
					// A moment before, so that one sees what led to it.
					const from = Math.max(0, at - 3000);
					return (
						<li key={`${session} ${at}`}>
							<a href={formatRoute({ name: "session", site: site.id, session, at: from })}>
								<Icon name="play" size={14} /> at {formatDuration(at)}
							</a>
						</li>
					);
				})}
			</ul>
		</div>
	);
}
