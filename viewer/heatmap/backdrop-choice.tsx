// Which recorded page the map is drawn on: the one that shows most of what was pressed, another one of those
// that were weighed, or the newest before a day, to see what a deploy changed.
import type { Backdrop } from "../../protocol/api.ts";
import { formatClock, formatExact, formatShort } from "../ui/format.ts";
import { Select } from "../ui/select.tsx";
import type { MapChange } from "./map-page.tsx";
import type { MapRoute } from "./use-map.ts";

interface BackdropChoiceProps {
	route: MapRoute;
	backdrop: Backdrop | undefined;
	onChange: (change: MapChange) => void;
}

export function BackdropChoice({ route, backdrop, onChange }: BackdropChoiceProps) {
	if (backdrop === undefined || backdrop.choices.length === 0) return null;
	const { session = "" } = route.view ?? {};
	const isListed = backdrop.choices.some((choice) => choice.session === session);
	return (
		<span title={`Drawn on the page as it was on ${formatExact(backdrop.at)}`}>
			<Select
				label="Drawn on the page of"
				value={session}
				onChange={(picked) => onChange({ view: { session: picked } })}
			>
				<option value="">Page that shows most</option>
				{backdrop.choices.map((choice) => (
					<option key={choice.session} value={choice.session}>
						Page of {formatShort(choice.at)} {formatClock(choice.at)}, {choice.recordedAt.width} px
					</option>
				))}
				{session !== "" && !isListed && <option value={session}>Pinned page</option>}
			</Select>
		</span>
	);
}
