// The live check: how far an installation has come, with the reason where it stands still.
import type { Setup } from "../../protocol/api.ts";
import type { SiteRow } from "../control/sites.ts";
import { IndexUnavailable } from "../errors.ts";
import type { Index } from "../index/client.ts";
import type { Arrivals } from "../ingest/arrivals.ts";

type Step = Setup["steps"][number];

const NEWEST = `
	SELECT toString(session) AS session, max(notEmpty(snapshots)) AS playable,
		toFloat64(toUnixTimestamp64Milli(max(received_at))) AS at
	FROM chunks WHERE site = {site:UInt32}
	GROUP BY session ORDER BY playable DESC, at DESC LIMIT 1`;

export async function querySetup(index: Index, arrivals: Arrivals, site: SiteRow): Promise<Setup> {
	const newest = await queryNewest(index, site.id);
	const isDown = newest === "unavailable";
	const counted = isDown ? undefined : newest;
	const acceptedAt = arrivals.accepted.get(site.id) ?? counted?.at ?? 0;
	const isPlayable = counted?.playable === 1;
	const scriptAt = Math.max(
		0,
		...site.origins.map((origin) => arrivals.scriptAskedBy.get(origin) ?? 0),
	);
	const refused = arrivals.refused.get(site.key);
	const isRefused = refused !== undefined && refused.at > acceptedAt;

	const after = (code: string, message: string) => (isDown ? down() : waiting(code, message));
	return {
		site: String(site.id),
		session: isPlayable ? (counted?.session ?? "") : "",
		steps: [
			scriptAt > 0 || acceptedAt > 0
				? done("script", scriptAt || acceptedAt)
				: {
						...waiting("nothing_yet", "no page of this site has asked for the script yet"),
						name: "script",
					},
			isRefused
				? { name: "chunk", state: "failed", at: 0, code: refused.code, message: refused.message }
				: acceptedAt > 0
					? done("chunk", acceptedAt)
					: { ...waiting("nothing_yet", "no visit has arrived yet"), name: "chunk" },
			isPlayable
				? done("snapshot", counted?.at ?? 0)
				: { ...after("no_snapshot", "no picture of a page has arrived yet"), name: "snapshot" },
			isPlayable
				? done("session", counted?.at ?? 0)
				: { ...after("nothing_yet", "no session can be watched yet"), name: "session" },
		],
	};
}

async function queryNewest(index: Index, site: number) {
	try {
		const rows = await index.query<{ session: string; playable: number; at: number }>(NEWEST, {
			site,
		});
		return rows[0];
	} catch (error) {
		if (error instanceof IndexUnavailable) return "unavailable" as const;
		throw error;
	}
}

function done(name: Step["name"], at: number): Step {
	return { name, state: "done", at, code: "", message: "" };
}

function waiting(code: string, message: string): Omit<Step, "name"> {
	return { state: "waiting", at: 0, code, message };
}

function down(): Omit<Step, "name"> {
	return waiting("index_unavailable", "the visit is stored; the index that counts it is starting");
}
