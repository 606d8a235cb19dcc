// What the colours mean, in numbers.
import { RADIUS_PX } from "./density.ts";
import { RAMP_CSS, shareAt } from "./ramp.ts";

const TICKS = [0, 0.5, 1];

export function Legend({ peak }: { peak: number }) {
	return (
		<div
			class="legend"
			title={`Presses within ${RADIUS_PX} px of a point; nearer ones weigh more. The scale ends at the hottest place of the page and grows with its square.`}
		>
			<span>Presses close together</span>
			<span class="legend-scale">
				<i style={{ background: RAMP_CSS }} />
				<span class="legend-numbers">
					{TICKS.map((tick) => (
						<span key={tick}>{formatDensity(peak * shareAt(tick))}</span>
					))}
				</span>
			</span>
		</div>
	);
}

function formatDensity(value: number): string {
	return value < 10 ? value.toFixed(1).replace(".0", "") : value.toFixed(0);
}
