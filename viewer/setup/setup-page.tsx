// The setup of a site, to come back to: the snippet, the live check, the origins, and what recording costs.
import type { Site } from "../../protocol/api.ts";
import { RecorderCostCard } from "./recorder-cost.tsx";
import { SetupGuide } from "./setup-guide.tsx";

export function SetupPage({ site }: { site: Site }) {
	return (
		<SetupGuide site={site} title={`Set up ${site.name}`}>
			<RecorderCostCard site={site} />
		</SetupGuide>
	);
}
