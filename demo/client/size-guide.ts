/** Opens a table that is no longer in any page: one of the planted faults. */
export function watchSizeGuide(document: Document): void {
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : undefined;
		if (!target?.closest('[data-testid="size-guide"]')) return;
		const table = document.querySelector<HTMLDialogElement>("#size-table") as HTMLDialogElement;
		table.showModal();
	});
}
