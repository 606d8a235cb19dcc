// The page that is shown, like a browser's address; and, where a visit used several tabs, which one.
import type { Signal } from "@preact/signals";
import type { Manifest } from "../../protocol/api.ts";
import { useDerived } from "../ui/use-derived.ts";
import { findPage } from "./find-marker.ts";
import type { Playback } from "./playback.ts";

interface TabChipsProps {
	manifest: Manifest;
	/** "" for whichever was active. */
	tab: Signal<string>;
	playback: Playback | undefined;
}

export function TabChips({ manifest, tab, playback }: TabChipsProps) {
	const { tabs, markers, session } = manifest;
	const page = useDerived(
		() => findPage(markers, playback?.timeMs.value ?? 0),
		[markers, playback],
	).value;
	const choices = [{ id: "", label: "Active tab" }].concat(
		tabs.map(({ id }, index) => ({ id, label: `Tab ${index + 1}` })),
	);
	return (
		<div class="player-address">
			<p>
				<b class="path">{page?.page ?? session.entryPage}</b>
				{page && page.label !== page.page && <span class="player-title">{page.label}</span>}
			</p>
			{tabs.length > 1 && (
				<fieldset class="chips" aria-label="Tab">
					{choices.map(({ id, label }) => (
						<button
							type="button"
							class="chip"
							key={id}
							aria-pressed={tab.value === id}
							onClick={() => {
								tab.value = id;
							}}
						>
							{label}
						</button>
					))}
				</fieldset>
			)}
		</div>
	);
}
