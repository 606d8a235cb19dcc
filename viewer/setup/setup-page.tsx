// The setup of a site, to come back to: the snippet, the live check, the origins.
import type { Site } from "../../protocol/api.ts";
import { SetupGuide } from "./setup-guide.tsx";

export function SetupPage({ site }: { site: Site }) {
	return <SetupGuide site={site} title={`Set up ${site.name}`} />;
}
