// Changing the allowed origins of a site: each change is sent at once, and the sites that every screen
// shows follow the answer.
import { useSignal } from "@preact/signals";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";

export interface OriginsChange {
	/** @returns why it was refused, "" where it was done */
	send(origins: readonly string[]): Promise<string>;
	sending: boolean;
}

export function useOrigins(site: Site): OriginsChange {
	const { api, sites } = useApp();
	const sending = useSignal(false);
	return {
		sending: sending.value,
		async send(origins) {
			sending.value = true;
			const result = await api.changeSite(site.id, { origins: [...origins] });
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
