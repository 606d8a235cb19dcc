// Maps of how far and how long: the document in bands from top to bottom, at its scrolled place.
import type { Signal } from "@preact/signals";
import type { Heatmap } from "../../protocol/api.ts";
import { formatShare, plural } from "../ui/format.ts";
import { px } from "../ui/px.ts";
import { type RampName, rampColor } from "./ramp.ts";
import { positionOf } from "./scale.ts";

interface MapBandsProps {
	heatmap: Heatmap;
	counts: Signal<boolean>;
	ramp: RampName;
	/** Of the document, CSS pixels. */
	height: number;
	scrolled: number;
}

export function MapBands({ heatmap, counts, ramp, height, scrolled }: MapBandsProps) {
	const bands = listBands(heatmap);
	if (bands.length === 0) return null;
	const each = height / bands.length;
	return (
		<div class="map-bands" style={{ height: px(height), transform: `translateY(${-scrolled}px)` }}>
			{bands.map(({ share, figure, says }, index) => (
				<i
					key={index}
					title={says}
					style={{ height: px(each), background: rampColor(ramp, positionOf(share)) }}
				>
					{counts.value && <span>{figure}</span>}
				</i>
			))}
			{listLines(heatmap).map(({ at, says }) => (
				<span class="map-mark" key={says} style={{ top: px(at * height) }}>
					<b>{says}</b>
				</span>
			))}
		</div>
	);
}

export interface Band {
	/** Along the legend: a share, or hundredths of seconds. */
	share: number;
	figure: string;
	says: string;
}

export function listBands({ kind, scroll, attention }: Heatmap): Band[] {
	if (kind === "scroll" && scroll !== undefined) {
		return scroll.reach.slice(1).map((reached, index) => ({
			share: scroll.views === 0 ? 0 : reached / scroll.views,
			figure: formatShare(reached, scroll.views),
			says: `${formatShare(reached, scroll.views)} of ${plural(scroll.views, "view")} got to ${5 * (index + 1)} % of the page`,
		}));
	}
	if (kind === "attention" && attention !== undefined) {
		return attention.median.map((seconds, index) => ({
			share: seconds / 100,
			figure: formatSeconds(seconds),
			says: `Half of the views had this on screen for ${formatSeconds(seconds)} or longer, a quarter for ${formatSeconds(attention.p75[index] ?? 0)}`,
		}));
	}
	return [];
}

/** Where three quarters, half and a quarter of the views were still there. */
function listLines({ kind, scroll }: Heatmap): { at: number; says: string }[] {
	if (kind !== "scroll" || scroll === undefined || scroll.views === 0) return [];
	const shares = scroll.reach.map((reached) => reached / scroll.views);
	return [0.75, 0.5, 0.25].flatMap((wanted) => {
		const last = shares.findLastIndex((share) => share >= wanted);
		if (last < 0 || last === shares.length - 1) return [];
		return [{ at: last / (shares.length - 1), says: `${wanted * 100} % got here` }];
	});
}

export function formatSeconds(seconds: number): string {
	return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
