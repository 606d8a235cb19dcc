// The rebuilt page as a state: it takes a moment, and it must be taken down.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Backdrop } from "../../protocol/api.ts";
import type { Size } from "../player/stage.ts";
import { type BuiltPage, buildPage } from "./backdrop.ts";
import { chooseViewport } from "./viewport.ts";

export type PageState =
	| { state: "building" }
	| { state: "built"; page: BuiltPage; viewport: Size; backdrop: Backdrop }
	| { state: "failed"; problem: string };

export function useBuiltPage(
	root: RefObject<HTMLElement | null>,
	backdrop: Backdrop | undefined,
): PageState {
	const [page, setPage] = useState<PageState>({ state: "building" });
	useEffect(() => {
		if (backdrop === undefined || root.current === null) return;
		// Each build has a room of its own: one that comes too late disappears with it.
		const room = document.createElement("div");
		root.current.append(room);
		const viewport = chooseViewport(backdrop.width, backdrop.recordedAt);
		let built: BuiltPage | undefined;
		let gone = false;
		buildPage(room, backdrop, viewport).then(
			(done) => {
				built = done;
				if (gone) done.destroy();
				else setPage({ state: "built", page: done, viewport, backdrop });
			},
			(cause: unknown) => {
				const problem = cause instanceof Error ? cause.message : String(cause);
				if (!gone) setPage({ state: "failed", problem });
			},
		);
		return () => {
			gone = true;
			built?.destroy();
			room.remove();
			setPage({ state: "building" });
		};
	}, [root, backdrop]);
	return page;
}
