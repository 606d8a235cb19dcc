// How the map is drawn and what can be taken away from it.
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Heatmap } from "../../protocol/api.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Select } from "../ui/select.tsx";
import { download, nameFile } from "./download.ts";
import type { MapChange } from "./map-page.tsx";
import { isFrictionKind, kindOf, type MapKind } from "./map-view.ts";
import type { PictureExtras } from "./picture.ts";
import { RAMPS, type RampName } from "./ramp.ts";
import type { MapReading } from "./read-map.ts";
import type { MapRoute } from "./use-map.ts";

interface MapLookProps {
	route: MapRoute;
	counts: Signal<boolean>;
	ramp: RampName;
	onChange: (change: MapChange) => void;
}

interface MapToolsProps extends Omit<MapLookProps, "counts"> {
	/** undefined where no zones are drawn. */
	drawing?: Signal<boolean>;
	heatmap: Heatmap | undefined;
	reading: MapReading | undefined;
	/** undefined where no zones are drawn. */
	picture?: PictureExtras;
	children?: ComponentChildren;
}

const NO_EXTRAS: PictureExtras = { zones: [], known: undefined, scrolled: 0 };
const RAMP_LABEL: Readonly<Record<RampName, string>> = {
	inferno: "Colours: inferno",
	cividis: "Colours: cividis",
	ink: "Colours: one hue",
};

/** What is done with the map as a whole. */
export function MapActions(props: MapToolsProps) {
	const { route, drawing, onChange, children } = props;
	const { versus } = route.view ?? {};
	return (
		<div class="map-tools">
			{drawing && (
				<Toggle
					on={drawing.value}
					title="Draw a zone and count what is done in it (z)"
					onPick={() => {
						drawing.value = !drawing.value;
					}}
				>
					Zone
				</Toggle>
			)}
			<Toggle
				on={versus !== undefined}
				title="Beside another group, period or variant (v)"
				onPick={() => onChange({ view: { versus: versus === undefined ? "on=1" : "" } })}
			>
				Compare
			</Toggle>
			<TakeAway {...props} />
			{children}
		</div>
	);
}

/** How it is drawn. */
export function MapLook({ route, counts, ramp, onChange }: MapLookProps) {
	const { unit } = route.view ?? {};
	const kind = kindOf(route.view);
	return (
		<div class="map-tools">
			{(isFrictionKind(kind) || kind === "hesitation") && (
				<span
					class="map-unit"
					title={
						kind === "hesitation"
							? "Whoever comes back to it knows it by then: one time of each session for an element"
							: "Whoever presses in vain presses often: one angry visitor would outshine ten"
					}
				>
					Each session counts once
				</span>
			)}
			{countsElements(kind) && !isFrictionKind(kind) && kind !== "hesitation" && (
				<div class="chips">
					<Toggle
						on={unit !== "all"}
						title="Each session counts once for each element it presses"
						onPick={() => onChange({ view: { unit: "" } })}
					>
						Once a session
					</Toggle>
					<Toggle
						on={unit === "all"}
						title="Every press counts"
						onPick={() => onChange({ view: { unit: "all" } })}
					>
						Every press
					</Toggle>
				</div>
			)}
			<Toggle
				on={counts.value}
				title="Show or hide the counts (c)"
				onPick={() => {
					counts.value = !counts.value;
				}}
			>
				Counts
			</Toggle>
			<Select label="Colours" value={ramp} onChange={(name) => onChange({ view: { ramp: name } })}>
				{RAMPS.map((name) => (
					<option key={name} value={name}>
						{RAMP_LABEL[name]}
					</option>
				))}
			</Select>
		</div>
	);
}

function TakeAway({ route, heatmap, reading, ramp, picture = NO_EXTRAS }: MapToolsProps) {
	const [busy, setBusy] = useState("");
	const takePicture = async () => {
		if (reading === undefined) return;
		setBusy("Drawing…");
		try {
			const { drawPicture } = await import("./picture.ts");
			download(await drawPicture(reading, ramp, picture), nameFile(route, "png"));
			setBusy("");
		} catch (cause) {
			setBusy(`No picture: ${cause instanceof Error ? cause.message : String(cause)}`);
		}
	};
	const takeTable = async () => {
		if (heatmap === undefined) return;
		const { heatmapToCsv } = await import("../../signals/heatmap-csv.ts");
		download(new Blob([heatmapToCsv(heatmap)], { type: "text/csv" }), nameFile(route, "csv"));
	};
	return (
		<details class="menu">
			<summary class="chip">Take away</summary>
			<div class="menu-list">
				<button
					type="button"
					class="button"
					disabled={!reading || (picture.zones.length > 0 && !picture.known)}
					onClick={takePicture}
				>
					Picture (PNG)
				</button>
				<button type="button" class="button" disabled={!heatmap} onClick={takeTable}>
					Table (CSV)
				</button>
				<CopyButton text={() => location.href} label="Link to this map" />
				{busy !== "" && <p role="status">{busy}</p>}
			</div>
		</details>
	);
}

/** Maps of the page as a whole count views and time. */
const countsElements = (kind: MapKind) =>
	kind !== "scroll" && kind !== "attention" && kind !== "move";

interface ToggleProps {
	on: boolean;
	title: string;
	onPick: () => void;
	children: string;
}

function Toggle({ on, title, onPick, children }: ToggleProps) {
	return (
		<button type="button" class="chip" aria-pressed={on} title={title} onClick={onPick}>
			{children}
		</button>
	);
}
