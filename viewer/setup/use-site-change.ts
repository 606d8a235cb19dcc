// Changing a site: each change is sent at once, and the sites that every screen shows follow the answer.
import { useSignal } from "@preact/signals";
import type { Site, SiteChange } from "../../protocol/api.ts";
import { useApp } from "../context.ts";

export interface SiteChanger {
	/** @returns why it was refused, "" where it was done */
	send(change: SiteChange): Promise<string>;
	sending: boolean;
}

export function useSiteChange(site: Site): SiteChanger {
	const { api, sites } = useApp();
	const sending = useSignal(false);
	return {
		sending: sending.value,
		async send(change) {
			sending.value = true;
			const result = await api.changeSite(site.id, change);
			sending.value = false;
			if (!result.ok) return result.error.message;
			if (sites.value !== undefined) {
				const changed = sites.value.sites.map((known) =>
					known.id === site.id ? result.value : known,
				);
				sites.value = { ...sites.value, sites: changed };
			}
			return "";
		},
	};
}
