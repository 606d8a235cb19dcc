// Changing the allowed origins of a site.
import type { Site } from "../../protocol/api.ts";
import { useSiteChange } from "./use-site-change.ts";

export interface OriginsChange {
	/** @returns why it was refused, "" where it was done */
	send(origins: readonly string[]): Promise<string>;
	sending: boolean;
}

export function useOrigins(site: Site): OriginsChange {
	const { send, sending } = useSiteChange(site);
	return { sending, send: (origins) => send({ origins: [...origins] }) };
}
