// Who it was, from where and on what.
import type { Gap, Manifest } from "../../protocol/api.ts";
import { formatBytes, formatCount, formatLanguage, formatVisitor } from "../ui/format.ts";
import { countMissing } from "./describe-gap.ts";

export function SessionFacts({ manifest: { session, streams } }: { manifest: Manifest }) {
	const { viewport, referrer } = session;
	const missing = streams.reduce((sum, { gaps }) => sum + sumMissing(gaps), 0);
	const facts: [string, string][] = [
		["Visitor", formatVisitor(session.visitor)],
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

/** A user agent may be withheld, in whole or in part. */
function describeDevice({ browser, os, device }: Manifest["session"]): string {
	const system = [browser, os].filter((part) => part !== "").join(" on ");
	const known = [system, device === "unknown" ? "" : device].filter((part) => part !== "");
	return known.length > 0 ? known.join(", ") : "not told";
}

const sumMissing = (gaps: readonly Gap[]) => gaps.reduce((sum, gap) => sum + countMissing(gap), 0);
