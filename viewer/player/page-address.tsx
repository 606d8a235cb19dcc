// The page that is shown, like a browser's address.
import type { Manifest } from "../../protocol/api.ts";
import { Icon } from "../ui/icon.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { findPage } from "./find-marker.ts";
import type { Player } from "./player.ts";

interface PageAddressProps {
	manifest: Manifest;
	player: Player | undefined;
}

export function PageAddress({ manifest: { markers, session }, player }: PageAddressProps) {
	const page = useDerived(() => {
		const tab = player?.tab.value ?? "";
		const own = tab === "" ? markers : markers.filter((marker) => marker.tab === tab);
		return findPage(own, player?.timeMs.value ?? 0);
	}, [markers, player]).value;
	return (
		<div class="player-address">
			<p>
				<b class="path">{page?.page ?? session.entryPage}</b>
				{page && page.label !== page.page && <span class="player-title">{page.label}</span>}
			</p>
			{player?.isPartial.value && (
				<p class="player-partial" role="status">
					<Icon name="warn" />
					Not all of this page arrived: what is missing stays empty
				</p>
			)}
		</div>
	);
}
