// The help on `?`: written from the same tables that handle the keys.
import type { RefObject } from "preact";
import { Icon } from "./icon.tsx";
import { type KeyBinding, showKeys } from "./keys.ts";

interface KeySheetProps {
	sheet: RefObject<HTMLDialogElement | null>;
	bindings: readonly KeyBinding[];
}

export function KeySheet({ sheet, bindings }: KeySheetProps) {
	return (
		<dialog class="sheet" ref={sheet} aria-labelledby="key-sheet-title">
			<div class="sheet-head">
				<h2 id="key-sheet-title">Keys on this screen</h2>
				<button
					type="button"
					class="button button-plain button-icon"
					aria-label="Close"
					onClick={() => sheet.current?.close()}
				>
					<Icon name="cross" />
				</button>
			</div>
			<dl class="key-list">
				{bindings.map((binding) => (
					<div key={binding.does}>
						<dt>{binding.does}</dt>
						<dd>
							{showKeys(binding).map((name) => (
								<kbd key={name}>{name}</kbd>
							))}
						</dd>
					</div>
				))}
			</dl>
		</dialog>
	);
}
