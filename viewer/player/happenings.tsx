// What happened, as a list that follows the time and leads to it. Pages are its headings.
import { effect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { formatDuration } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { describeMarker } from "./describe-marker.ts";
import { findCurrentMarker, type Marker } from "./find-marker.ts";
import { listHappenings } from "./list-happenings.ts";
import type { Player } from "./player.ts";

interface HappeningsProps {
	markers: readonly Marker[];
	player: Player | undefined;
}

/** Whoever scrolls the list reads it: it does not follow the time for a while. */
const READING_MS = 4000;

export function Happenings({ markers: all, player }: HappeningsProps) {
	const markers = useMemo(() => listHappenings(all), [all]);
	const list = useRef<HTMLOListElement>(null);
	const readAt = useRef(0);
	const current = useDerived(
		() => findCurrentMarker(markers, player?.timeMs.value ?? -1),
		[markers, player],
	);
	// Written past the renderer: a visit may have thousands of lines, and only two change at a time.
	useEffect(() => {
		let shown: Element | undefined;
		return effect(() => {
			const row = list.current?.children[current.value];
			shown?.firstElementChild?.removeAttribute("aria-current");
			row?.firstElementChild?.setAttribute("aria-current", "true");
			shown = row;
			if (row === undefined || Date.now() - readAt.current < READING_MS) return;
			scrollInto(list.current, row);
		});
	}, [current]);
	const reading = () => {
		readAt.current = Date.now();
	};
	return (
		<section class="happenings" aria-labelledby="happenings-title">
			<h2 id="happenings-title">What happened</h2>
			{markers.length === 0 && <p class="happenings-none">Nothing was noted in this visit.</p>}
			<ol ref={list} onWheel={reading} onTouchMove={reading}>
				{markers.map((marker, index) => (
					<Happening
						key={index}
						marker={marker}
						onSeek={player && (() => player.seek(marker.at))}
					/>
				))}
			</ol>
		</section>
	);
}

interface HappeningProps {
	marker: Marker;
	onSeek: (() => void) | undefined;
}

function Happening({ marker, onSeek }: HappeningProps) {
	const { icon, title, note } = describeMarker(marker);
	return (
		<li data-kind={marker.kind}>
			<button type="button" class="happening" disabled={onSeek === undefined} onClick={onSeek}>
				<span class="happening-icon">
					<Icon name={icon} />
				</span>
				<span class="happening-text">
					<span>{title}</span>
					{marker.kind === "page" && title !== marker.page && (
						<span class="path">{marker.page}</span>
					)}
					{note !== "" && <span class="happening-note">{note}</span>}
				</span>
				<time>{formatDuration(marker.at)}</time>
			</button>
		</li>
	);
}

/** Scrolls the list alone: `scrollIntoView` would move the page around it too. */
function scrollInto(list: HTMLElement | null, row: Element): void {
	if (list === null || list.scrollHeight <= list.clientHeight) return;
	const room = list.getBoundingClientRect();
	const place = row.getBoundingClientRect();
	if (place.top >= room.top && place.bottom <= room.bottom) return;
	list.scrollTop += place.top - room.top - room.height / 3;
}
