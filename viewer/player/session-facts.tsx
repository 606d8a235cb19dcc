// Who it was, from where and on what, and what recording it cost the page that is shown.
import type { Gap, Manifest } from "../../protocol/api.ts";
import { formatBytes, formatCount, formatLanguage, formatVisitor } from "../ui/format.ts";
import { useDerived } from "../ui/use-derived.ts";
import { describeCost, findCost } from "./describe-cost.ts";
import { countMissing } from "./describe-gap.ts";
import type { Player } from "./player.ts";

interface SessionFactsProps {
	manifest: Manifest;
	player: Player | undefined;
}

export function SessionFacts({ manifest, player }: SessionFactsProps) {
	const { session, streams } = manifest;
	const { viewport, referrer } = session;
	const missing = streams.reduce((sum, { gaps }) => sum + sumMissing(gaps), 0);
	const facts: [string, string][] = [
		["Visitor", `${formatVisitor(session.visitor)}${session.automated ? ", simulated" : ""}`],
		["Came from", referrer === "" ? "no other site" : referrer],
		["Device", describeDevice(session)],
		["Viewport", `${viewport.width} × ${viewport.height}`],
		["Language", formatLanguage(session.language)],
		["Pages, presses", `${formatCount(session.pageViews)}, ${formatCount(session.presses)}`],
		["Recorded", `${formatCount(session.events)} events, ${formatBytes(session.bytes)}`],
	];
	return (
		<section class="facts" aria-label="Facts about this session">
			<dl>
				{facts.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
				<CostFact manifest={manifest} player={player} />
				{missing > 0 && (
					<div class="facts-missing">
						<dt>Missing</dt>
						<dd>{missing === 1 ? "1 part never arrived" : `${missing} parts never arrived`}</dd>
					</div>
				)}
			</dl>
		</section>
	);
}

/** Of the page view that is shown: what its developer would ask. */
function CostFact({ manifest: { costs }, player }: SessionFactsProps) {
	const cost = useDerived(
		() => findCost(costs, { tab: player?.tab.value ?? "", at: player?.timeMs.value ?? 0 }),
		[costs, player],
	).value;
	if (costs.length === 0) return null;
	const told = cost && describeCost(cost);
	return (
		<div class="facts-cost" data-step={cost?.step}>
			<dt>Recording took</dt>
			<dd>
				{told ? told.share : "not told of this page"}
				{told && <span>{told.detail}</span>}
			</dd>
		</div>
	);
}

/** A user agent may be withheld, in whole or in part. */
function describeDevice({ browser, os, device }: Manifest["session"]): string {
	const system = [browser, os].filter((part) => part !== "").join(" on ");
	const known = [system, device === "unknown" ? "" : device].filter((part) => part !== "");
	return known.length > 0 ? known.join(", ") : "not told";
}

const sumMissing = (gaps: readonly Gap[]) => gaps.reduce((sum, gap) => sum + countMissing(gap), 0);
