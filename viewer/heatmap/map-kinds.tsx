// Which question the map answers.
import { Icon, type IconName } from "../ui/icon.tsx";
import { KINDS, type MapKind } from "./map-view.ts";

const KIND: Readonly<Record<MapKind, { label: string; icon: IconName; asks: string }>> = {
	press: { label: "Presses", icon: "press", asks: "What do people press?" },
	first: { label: "First press", icon: "right", asks: "Where do they begin?" },
	last: {
		label: "Last press",
		icon: "leave",
		asks: "What did they press before they left the site?",
	},
	rage: {
		label: "Rage",
		icon: "warn",
		asks: "What do they press again and again, without an answer?",
	},
	dead: { label: "Dead", icon: "cross", asks: "What do they press that does nothing?" },
	error: { label: "Errors", icon: "unknown", asks: "What breaks when they press it?" },
	hesitation: {
		label: "Hesitation",
		icon: "pause",
		asks: "Where do they take longer than at controls like it?",
	},
	exposure: { label: "Seen", icon: "back", asks: "What do they get to see?" },
	scroll: { label: "Reach", icon: "down", asks: "How far down do they get?" },
	attention: { label: "Attention", icon: "again", asks: "What do they spend their time on?" },
	move: { label: "Rest", icon: "dot", asks: "Where does the mouse rest?" },
};

export function MapKinds({ kind, onPick }: { kind: MapKind; onPick: (kind: MapKind) => void }) {
	return (
		<fieldset class="map-choice map-kinds">
			<legend>Map of</legend>
			<div class="chips map-chips">
				{KINDS.map((name) => (
					<button
						type="button"
						class="chip"
						key={name}
						data-kind={name}
						aria-pressed={name === kind}
						title={KIND[name].asks}
						onClick={() => onPick(name)}
					>
						<Icon name={KIND[name].icon} />
						{KIND[name].label}
					</button>
				))}
			</div>
		</fieldset>
	);
}

export const titleOf = (kind: MapKind) =>
	kind === "press" ? "Presses on" : `${KIND[kind].label} on`;
export const questionOf = (kind: MapKind) => KIND[kind].asks;
