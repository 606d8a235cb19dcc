// Light or dark: the system's choice until one is made here, then remembered in this browser.

export type Theme = "light" | "dark";
const KEY = "snag-theme";

/** Applies what was chosen before; called once before anything is drawn. */
export function applyTheme(root: HTMLElement, storage: Storage): void {
	const chosen = storage.getItem(KEY);
	if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
}

export function readTheme(root: HTMLElement): Theme {
	const { theme } = root.dataset;
	if (theme === "light" || theme === "dark") return theme;
	return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function toggleTheme(root: HTMLElement, storage: Storage): Theme {
	const next = readTheme(root) === "dark" ? "light" : "dark";
	root.dataset.theme = next;
	storage.setItem(KEY, next);
	return next;
}
