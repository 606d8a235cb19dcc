// Nothing went wrong, or nothing of what is asked for: what to do now.
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { StateCard } from "../ui/state-card.tsx";
import { SIGNAL_VIEW, type SignalView } from "./signal-view.ts";

export function NoSignals({ site, view }: { site: Site; view: SignalView }) {
	const { sites } = useApp();
	const shopUrl = sites.value?.shopUrl ?? "";
	const isFiltered = [view.kind, view.page, view.key, view.filter].some((value) => value !== "");
	if (isFiltered) {
		return (
			<StateCard
				title="Nothing fits these filters"
				icon="check"
				level={2}
				actions={
					<a
						class="button"
						href={formatRoute({
							...{ name: "signals", site: site.id, view: { ...SIGNAL_VIEW, days: view.days } },
						})}
					>
						Remove the filters
					</a>
				}
			>
				<p>Nobody met it in this period. A longer one or fewer filters may show more.</p>
			</StateCard>
		);
	}
	return (
		<div data-state="empty">
			<StateCard
				title="Nothing went wrong in this period"
				icon="check"
				level={2}
				actions={
					<>
						<a class="button" href={formatRoute({ name: "sessions", site: site.id })}>
							See the sessions
						</a>
						{shopUrl !== "" && (
							<a class="button" href={shopUrl} target="_blank" rel="noreferrer">
								Open the demo shop
							</a>
						)}
					</>
				}
			>
				<p>
					Here stand the places where visitors press in vain, wait, run into errors or correct
					themselves, as soon as somebody does. Try it: press a button of your site that does
					nothing, three times quickly, or run <code>npx snag seed --visitors 30</code> on the demo
					shop.
				</p>
			</StateCard>
		</div>
	);
}
