// At which width the page is shown, and which presses are on it.
import type { Signal } from "@preact/signals";
import type { Heatmap } from "../../protocol/api.ts";
import { MAP_WIDTHS } from "../routes.ts";
import { formatCount } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";

interface MapToolbarProps {
	width: number;
	group: string;
	groups: Heatmap["groups"];
	counts: Signal<boolean>;
	onChange: (change: { width?: number; group?: string }) => void;
}

const DEVICE: Readonly<Record<number, IconName>> = { 390: "phone", 768: "tablet", 1440: "desktop" };

export function MapToolbar({ width, group, groups, counts, onChange }: MapToolbarProps) {
	const pressed = groups.filter(({ id, presses }) => presses > 0 || id === group);
	const all = groups.reduce((sum, { presses }) => sum + presses, 0);
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
							aria-pressed={value === width}
							data-width={value}
							onClick={() => onChange({ width: value })}
						>
							<Icon name={DEVICE[value] ?? "desktop"} />
							{value}
						</button>
					))}
				</div>
			</fieldset>
			{pressed.length > 0 && (
				<fieldset class="map-choice">
					<legend>Presses from</legend>
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
			)}
			<div class="map-tools">
				<button
					type="button"
					class="chip"
					aria-pressed={counts.value}
					title="Show or hide the counts (c)"
					onClick={() => {
						counts.value = !counts.value;
					}}
				>
					Counts
				</button>
			</div>
		</div>
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
