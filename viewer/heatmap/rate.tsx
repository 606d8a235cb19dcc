// A share as it is shown everywhere: the figure, of how many it was taken, and how sure it is.
import type { Interval } from "../../signals/statistics/interval.ts";
import { formatCount, formatPercent } from "../ui/format.ts";

interface RateProps extends Interval {
	part: number;
	whole: number;
	of: string;
}

export function Rate({ part, whole, of, share, lower, upper }: RateProps) {
	return (
		<div class="rate">
			<p>
				<strong>{formatPercent(share)}</strong>
				<span>
					{formatCount(part)} of {formatCount(whole)} {of}
				</span>
			</p>
			<IntervalBar share={share} lower={lower} upper={upper} />
			<p class="rate-sure">
				95 % sure that it is between {formatPercent(lower)} and {formatPercent(upper)}
			</p>
		</div>
	);
}

/** From 0 to 100 %. */
function IntervalBar({ share, lower, upper }: { share: number; lower: number; upper: number }) {
	return (
		<div class="interval" aria-hidden="true">
			<i style={{ left: `${lower * 100}%`, width: `${Math.max(0.5, (upper - lower) * 100)}%` }} />
			<b style={{ left: `${share * 100}%` }} />
		</div>
	);
}
