// What every screen is given: the API, the address bar, the sites and the keys that work right now.
import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Sites } from "../protocol/api.ts";
import type { Api } from "./api.ts";
import type { Navigation } from "./navigation.ts";
import type { KeyBinding } from "./ui/keys.ts";

export interface App {
	api: Api;
	navigation: Navigation;
	sites: Signal<Sites | undefined>;
	keys: Signal<readonly KeyBinding[]>;
}

export const AppContext = createContext<App | undefined>(undefined);

/** @throws where a component stands outside the app: a mistake in the wiring */
export function useApp(): App {
	const app = useContext(AppContext);
	if (app === undefined) throw new Error("useApp needs AppContext above it");
	return app;
}
