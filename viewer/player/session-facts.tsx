// Who it was, from where and on what.
import type { Manifest } from "../../protocol/api.ts";
import { formatBytes, formatCount, formatLanguage, formatVisitor } from "../ui/format.ts";

export function SessionFacts({ manifest: { session, streams } }: { manifest: Manifest }) {
	const { viewport, referrer, browser, os, device } = session;
	const missing = streams.reduce((sum, { gaps }) => sum + gaps.reduce(addLength, 0), 0);
	const facts: [string, string][] = [
		["Visitor", formatVisitor(session.visitor)],
		["Came from", referrer === "" ? "no other site" : referrer],
		["Device", `${browser} on ${os}${device === "unknown" ? "" : `, ${device}`}`],
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

function addLength(sum: number, [first = 0, last = first]: number[]): number {
	return sum + last - first + 1;
}
