// At which width the page is shown, and whose presses are on it.
import type { ComponentChildren } from "preact";
import type { Heatmap } from "../../protocol/api.ts";
import { MAP_WIDTHS } from "../routes.ts";
import { FilterField } from "../ui/filter-field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { DEFAULT_DAYS } from "../ui/period.ts";
import { PeriodSelect } from "../ui/period-select.tsx";
import { Select } from "../ui/select.tsx";
import type { MapChange } from "./map-page.tsx";
import type { MapRoute } from "./use-map.ts";

interface MapToolbarProps {
	route: MapRoute;
	heatmap: Heatmap | undefined;
	onChange: (change: MapChange) => void;
}

const DEVICE: Readonly<Record<number, IconName>> = { 390: "phone", 768: "tablet", 1440: "desktop" };

/** @param children stand at the end of the row */
export function MapToolbar(props: MapToolbarProps & { children?: ComponentChildren }) {
	const { route, heatmap, onChange, children } = props;
	return (
		<div class="map-toolbar">
			<fieldset class="map-choice">
				<legend>Shown at</legend>
				<div class="chips map-chips">
					{MAP_WIDTHS.map((value) => (
						<button
							type="button"
							class="chip"
							key={value}
							aria-pressed={value === route.width}
							data-width={value}
							onClick={() => onChange({ width: value })}
						>
							<Icon name={DEVICE[value] ?? "desktop"} />
							{value}
						</button>
					))}
				</div>
			</fieldset>
			<GroupBar route={route} heatmap={heatmap} onChange={onChange} />
			{children}
		</div>
	);
}

/** From windows of which width. */
export function GroupBar({ route, heatmap, onChange }: MapToolbarProps) {
	const { group } = route;
	const groups = heatmap?.groups ?? [];
	const pressed = groups.filter(({ id, presses }) => presses > 0 || id === group);
	const all = groups.reduce((sum, { presses }) => sum + presses, 0);
	if (pressed.length === 0) return null;
	return (
		<fieldset class="map-choice" title={explainGroups(heatmap)}>
			<legend>From</legend>
			<div class="chips map-chips">
				<GroupChip
					label="All widths"
					presses={all}
					on={group === ""}
					onPick={() => onChange({ group: "" })}
				/>
				{pressed.map(({ id, minWidth, maxWidth, presses }) => (
					<GroupChip
						key={id}
						label={formatGroup(minWidth, maxWidth)}
						presses={presses}
						on={group === id}
						onPick={() => onChange({ group: id })}
					/>
				))}
			</div>
		</fieldset>
	);
}

/** Of whom, in which state of the page, and when. */
export function Narrowing({ route, heatmap, onChange }: MapToolbarProps) {
	const { view = {} } = route;
	const set = (key: "pointer" | "state" | "days") => (value: string) =>
		onChange({ view: { [key]: value, ...(key === "days" && { from: "", to: "" }) } });
	const states = heatmap?.states ?? [];
	return (
		<fieldset class="map-choice map-narrow">
			<legend>Only</legend>
			<Select label="Pointer" value={view.pointer ?? ""} onChange={set("pointer")}>
				<option value="">Mouse and touch</option>
				<option value="mouse">Mouse{countOf(heatmap?.pointers, "mouse")}</option>
				<option value="touch">Touch{countOf(heatmap?.pointers, "touch")}</option>
			</Select>
			{(states.length > 1 || view.state !== undefined) && (
				<Select label="State of the page" value={view.state ?? ""} onChange={set("state")}>
					<option value="">Any state</option>
					{states.map(({ id, label, presses }) => (
						<option key={id} value={id}>
							{label} ({formatCount(presses)})
						</option>
					))}
					{view.state !== undefined && states.every(({ id }) => id !== view.state) && (
						<option value={view.state}>Another state (0)</option>
					)}
				</Select>
			)}
			<PeriodSelect days={view.from ? "own" : (view.days ?? DEFAULT_DAYS)} onChange={set("days")}>
				{view.from && <option value="own">From {view.from}</option>}
			</PeriodSelect>
			<FilterField
				filter={view.filter ?? ""}
				onChange={(filter) => onChange({ view: { filter } })}
			/>
		</fieldset>
	);
}

interface GroupChipProps {
	label: string;
	presses: number;
	on: boolean;
	onPick: () => void;
}

function GroupChip({ label, presses, on, onPick }: GroupChipProps) {
	return (
		<button type="button" class="chip" aria-pressed={on} onClick={onPick}>
			{label}
			<span class="chip-count">{formatCount(presses)}</span>
		</button>
	);
}

export function formatGroup(minWidth: number, maxWidth: number): string {
	if (maxWidth === 0) return `${minWidth} and wider`;
	if (minWidth === 0) return `up to ${maxWidth}`;
	return `${minWidth} – ${maxWidth}`;
}

function explainGroups(heatmap: Heatmap | undefined): string {
	return heatmap?.groupsFrom === "site"
		? "Widths of the visitors' windows, parted where the site's own style sheets part them"
		: "Widths of the visitors' windows, parted where most sites change their layout";
}

function countOf(list: Heatmap["pointers"] | undefined, wanted: string): string {
	const found = list?.find(({ id }) => id === wanted);
	return found === undefined ? "" : ` (${formatCount(found.presses)})`;
}
