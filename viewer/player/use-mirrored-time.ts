// The address always names the instant that is shown, so that copying it is sharing it; and an address
// with another instant moves there.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Navigation } from "../navigation.ts";
import type { Route } from "../routes.ts";
import type { Playback } from "./playback.ts";

/** Safari allows 100 changes of the address in 30 s. */
const SETTLE_MS = 400;

export function useMirroredTime(
	navigation: Navigation,
	route: Route & { name: "session" },
	playback: Playback | undefined,
): void {
	const arrived = useRef(route);
	useEffect(() => {
		if (playback === undefined) return;
		let timer: ReturnType<typeof setTimeout> | undefined;
		const stop = effect(() => {
			const at = playback.timeMs.value;
			if (playback.state.value === "playing") return;
			clearTimeout(timer);
			timer = setTimeout(() => navigation.mirror({ ...route, at }), SETTLE_MS);
		});
		return () => {
			clearTimeout(timer);
			stop();
		};
	}, [navigation, route, playback]);
	useEffect(() => {
		if (arrived.current === route) return;
		arrived.current = route;
		playback?.seek(route.at);
	}, [route, playback]);
}
