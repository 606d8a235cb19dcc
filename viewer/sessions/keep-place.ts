// New rows come in above what one reads. While somebody is at the very top and touches nothing they
// slide in; otherwise the page is scrolled by as much as the rows have grown. The browser's own scroll
// anchoring is switched off in the list: it does nothing at the top and is missing in Safari.
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Session } from "../../protocol/api.ts";

const TOP_PX = 8;

/** @returns to be called with the rows before they change */
export function useKeepPlace(list: RefObject<HTMLElement | null>, rows: readonly Session[]): void {
	const place = useRef<{ id: string; top: number } | undefined>(undefined);
	const before = useRef<readonly Session[]>([]);
	// While rendering, the document still shows the rows from before.
	if (rows !== before.current) place.current = findPlace(list.current);
	before.current = rows;
	useLayoutEffect(() => {
		if (place.current === undefined) return;
		const row = findRow(list.current, place.current.id);
		const moved = row === null ? 0 : row.getBoundingClientRect().top - place.current.top;
		if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
	}, [rows]);
}

function findPlace(list: HTMLElement | null): { id: string; top: number } | undefined {
	if (list === null) return undefined;
	const held = list.querySelector<HTMLElement>("tr:focus-within") ?? list.querySelector("tr:hover");
	if (held === null && window.scrollY < TOP_PX) return undefined;
	const row = held ?? findFirstVisible(list);
	const id = row?.getAttribute("data-session");
	return row && id ? { id, top: row.getBoundingClientRect().top } : undefined;
}

function findFirstVisible(list: HTMLElement): Element | undefined {
	const rows = [...list.querySelectorAll("tr[data-session]")];
	return rows.find((row) => row.getBoundingClientRect().bottom > 0);
}

function findRow(list: HTMLElement | null, id: string): Element | null {
	return list?.querySelector(`tr[data-session="${CSS.escape(id)}"]`) ?? null;
}
