// Starts the viewer: theme first, then the parts that every screen shares, then the screens.
import { signal } from "@preact/signals";
import { render } from "preact";
import type { Sites } from "../protocol/api.ts";
import { createApi } from "./api.ts";
import { Shell } from "./app.tsx";
import { AppContext } from "./context.ts";
import "./main.css";
import { createNavigation } from "./navigation.ts";
import { type KeyBinding, watchKeys } from "./ui/keys.ts";
import { applyTheme } from "./ui/theme.ts";

applyTheme(document.documentElement, localStorage);

const navigation = createNavigation(window);
const api = createApi(window.fetch.bind(window), () => {
	if (navigation.route.value.name !== "sign-in") navigation.replace({ name: "sign-in" });
});
const keys = signal<readonly KeyBinding[]>([]);
const sites = signal<Sites | undefined>(undefined);
watchKeys(document, () => keys.value);

const root = document.getElementById("app");
if (root === null) throw new Error("index.html has no #app");
render(
	<AppContext.Provider value={{ api, navigation, sites, keys }}>
		<Shell />
	</AppContext.Provider>,
	root,
);
