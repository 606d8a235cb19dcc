// The zones of a page with what was done in each, to be named, drawn anew and taken away.
import { type Signal, useSignal } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import type { Heatmap, HeatmapZone, Site } from "../../protocol/api.ts";
import { wilson } from "../../signals/statistics/interval.ts";
import { useApp } from "../context.ts";
import { formatShare, plural } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { createAsk } from "./map-view.ts";
import { Rate } from "./rate.tsx";
import type { MapRoute } from "./use-map.ts";
import { cleanName, MOST_ZONES, type Zone } from "./zones.ts";

interface ZoneListProps {
	site: Site;
	route: MapRoute;
	zones: readonly Zone[];
	/** What is known of the page; undefined while it is not answered. */
	known: Heatmap | undefined;
	pointed: Signal<number | undefined>;
	drawing: Signal<boolean>;
	/** Position of a zone that was just drawn: it is named next. */
	fresh: Signal<number | undefined>;
	onChange: (zones: readonly Zone[]) => void;
}

export function ZoneList(props: ZoneListProps) {
	const { zones, drawing, onChange } = props;
	const removed = useSignal<{ name: string; before: readonly Zone[] } | undefined>(undefined);
	const undo = useRef<HTMLButtonElement>(null);
	useEffect(() => undo.current?.focus(), [removed.value]);
	if (zones.length === 0 && removed.value === undefined) return null;
	return (
		<section class="zones" aria-labelledby="zones-title">
			<header>
				<h2 id="zones-title">Zones</h2>
				<button
					type="button"
					class="chip"
					disabled={zones.length >= MOST_ZONES}
					onClick={() => {
						drawing.value = true;
					}}
				>
					Draw another
				</button>
			</header>
			<ol>
				{zones.map((zone, at) => (
					<ZoneRow
						{...props}
						key={`${at} ${zone.elements.join()}`}
						{...{ zone, at }}
						onRemove={() => {
							removed.value = { name: zone.name, before: zones };
							onChange(zones.toSpliced(at, 1));
						}}
					/>
				))}
			</ol>
			{removed.value && (
				<p class="zone-removed" role="status">
					{removed.value.name} is gone.
					<button
						ref={undo}
						type="button"
						class="button button-plain"
						onClick={() => {
							if (removed.value) onChange(removed.value.before);
							removed.value = undefined;
						}}
					>
						<Icon name="again" />
						Undo
					</button>
				</p>
			)}
		</section>
	);
}

interface ZoneRowProps extends ZoneListProps {
	zone: Zone;
	at: number;
	onRemove: () => void;
}

function ZoneRow(props: ZoneRowProps) {
	const { zone, at, zones, pointed, fresh, onChange, onRemove } = props;
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => {
		if (fresh.value !== at) return;
		fresh.value = undefined;
		field.current?.focus();
		field.current?.select();
	}, [fresh, at]);
	const rename = (typed: string) => {
		const name = cleanName(typed) || zone.name;
		if (field.current) field.current.value = name;
		if (name !== zone.name) onChange(zones.with(at, { ...zone, name }));
	};
	const point = (position: number | undefined) => () => {
		pointed.value = position;
	};
	return (
		<li
			class="zone"
			data-zone={zone.name}
			onPointerEnter={point(at)}
			onPointerLeave={point(undefined)}
			onFocusCapture={point(at)}
			onBlurCapture={point(undefined)}
		>
			<div class="zone-head">
				<input
					ref={field}
					class="input"
					aria-label="Name of the zone"
					defaultValue={zone.name}
					spellcheck={false}
					onKeyDown={(event) => {
						if (event.key === "Enter") event.currentTarget.blur();
					}}
					onBlur={(event) => rename(event.currentTarget.value)}
				/>
				<button
					type="button"
					class="icon-button"
					aria-label={`Remove ${zone.name}`}
					title="Remove"
					onClick={onRemove}
				>
					<Icon name="cross" />
				</button>
			</div>
			<ZoneSums {...props} />
		</li>
	);
}

function ZoneSums({ site, route, zone, known }: ZoneRowProps) {
	const { api } = useApp();
	const elements = zone.elements.join(",");
	const question = JSON.stringify(createAsk(route, 0));
	const read = useCallback(
		(stop: AbortSignal) =>
			api.readZone(site.id, { ...createAsk(route, Date.now()), elements }, stop),
		[api, site.id, question, elements],
	);
	const [answer] = useAnswer(read);
	if (answer.state === "waiting") return <p class="element-kind">Counting…</p>;
	if (answer.state === "failed") return <p class="element-kind">{answer.error.message}</p>;
	const { presses, pagePresses } = answer.value;
	return (
		<>
			<Rate {...rateOfZone(answer.value)} />
			<p class="zone-presses">
				<b>{plural(presses, "press", "presses")}</b>, {formatShare(presses, pagePresses)} of all on
				this page
			</p>
			<p class="element-kind">{describeElements(zone, known)}</p>
		</>
	);
}

/** Sessions that pressed in it, of those that could. */
function rateOfZone({ sessions, exposedSessions, pageSessions }: HeatmapZone) {
	const isWatched = exposedSessions > sessions;
	const whole = isWatched ? exposedSessions : Math.max(sessions, pageSessions);
	const of = isWatched ? "sessions that saw any of it" : "sessions on the page";
	return { part: sessions, whole, of, ...wilson(sessions, whole) };
}

/** Its anchors, and how many of them are not known where the map looks now. */
function describeElements({ elements }: Zone, known: Heatmap | undefined): string {
	const told = plural(elements.length, "element");
	if (known === undefined) return told;
	const ids = new Set(known.elements.map(({ id }) => id));
	const gone = elements.filter((id) => !ids.has(id)).length;
	return gone === 0 ? told : `${told}, ${gone} neither seen nor pressed by these sessions`;
}
