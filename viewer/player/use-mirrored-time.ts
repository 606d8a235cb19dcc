// The address always names the instant that is shown, so that copying it is sharing it; and an address
// with another instant moves there.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Navigation } from "../navigation.ts";
import type { Route } from "../routes.ts";
import type { Player } from "./player.ts";

/** Safari allows 100 changes of the address in 30 s. */
const SETTLE_MS = 400;

export function useMirroredTime(
	navigation: Navigation,
	route: Route & { name: "session" },
	player: Player | undefined,
): void {
	const arrived = useRef(route);
	useEffect(() => {
		if (player === undefined) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const stop = effect(() => {
			const at = player.timeMs.value;
			if (player.intent.value === "playing") return;
			clearTimeout(timer);
			timer = setTimeout(() => navigation.mirror({ ...route, at }), SETTLE_MS);
		});
		return () => {
			clearTimeout(timer);
			stop();
		};
	}, [navigation, route, player]);
	useEffect(() => {
		if (arrived.current === route) return;
		arrived.current = route;
		player?.seek(route.at);
	}, [route, player]);
}
