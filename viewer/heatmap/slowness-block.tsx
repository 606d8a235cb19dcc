// How long visitors take at an element, where one looks at it: the ratio, how sure it is, and their median.
import { plural } from "../ui/format.ts";
import { rampCss } from "./ramp.ts";
import {
	formatRatio,
	formatRatios,
	formatSeconds,
	type Hesitation,
	isSure,
	positionOfRatio,
	SLOWNESS_TICKS,
} from "./slowness.ts";

/** On top of a panel, in place of a rate. */
export function SlownessBlock({ hesitation }: { hesitation: Hesitation | undefined }) {
	if (hesitation === undefined) {
		return (
			<p class="rate element-kind">Fewer than 10 sessions took a time here: too few to tell.</p>
		);
	}
	const { ratio, lower, upper, sessions } = hesitation;
	const [from, to] = [positionOfRatio(lower), positionOfRatio(upper)];
	return (
		<div class="rate slowness">
			<p>
				<strong>{formatRatio(ratio)}</strong>
				<span>as long as at controls like it, {plural(sessions, "session")}</span>
			</p>
			<div class="interval" aria-hidden="true">
				<i style={{ left: `${from * 100}%`, width: `${Math.max(0.5, (to - from) * 100)}%` }} />
				<b style={{ left: `${positionOfRatio(ratio) * 100}%` }} />
			</div>
			<p class="rate-sure">
				95 % sure that it is between {formatRatios(hesitation)}
				{!isSure(hesitation) && ": it may be chance"}
			</p>
		</div>
	);
}

/** Among what is known of an element, whatever the map is of. */
export function SlownessRow({ hesitation }: { hesitation: Hesitation }) {
	const { medianMs, ratio, sessions } = hesitation;
	return (
		<>
			<dt>Took before it</dt>
			<dd title="Resting on it before the press, or the focus before the first letter: half of the sessions took longer">
				{formatSeconds(medianMs)}{" "}
				<span class="element-kind">median of {plural(sessions, "session")}</span>
				<span class="element-kind">
					{formatRatio(ratio)} ({formatRatios(hesitation)}) its like
				</span>
			</dd>
		</>
	);
}

export function SlownessLegend() {
	return (
		<div class="legend">
			<span>Time taken, beside controls like it</span>
			<span class="legend-scale">
				<i style={{ background: rampCss("difference"), transform: "scaleX(-1)" }} />
				<span class="legend-numbers">
					{SLOWNESS_TICKS.map((tick) => (
						<span key={tick}>{tick}</span>
					))}
				</span>
			</span>
			<span class="legend-few">
				<i class="unsure" /> may be chance
			</span>
		</div>
	);
}
