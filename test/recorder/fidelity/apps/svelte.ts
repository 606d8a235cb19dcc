// Svelte: its component stands beside this file.
import { mount, unmount } from "svelte";
import { createPlace, openApp } from "./open-app.ts";
import Shop from "./svelte.svelte";

const shop = mount(Shop, {
	target: createPlace(),
	props: {
		onready: (offered: Record<string, () => unknown>) =>
			openApp({ ...offered, unmount: () => unmount(shop) }),
	},
});
