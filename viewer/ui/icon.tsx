// Our own icons: 16 × 16, one stroke of 1.5, round ends, in the colour of the text around them.

const PATHS = {
	play: "M5 3.2v9.6L12.6 8z",
	pause: "M5.5 3.5v9M10.5 3.5v9",
	again: "M3.3 8a4.7 4.7 0 1 0 1.5-3.44L3.2 6M3.2 2.8V6h3.2",
	copy: "M6 5.8V3.2h6.8V10h-2.6M3.2 6h6.8v6.8H3.2z",
	link: "M6.7 9.3l2.6-2.6M7.6 4.8l1.2-1.2a2.54 2.54 0 0 1 3.6 3.6l-1.2 1.2M8.4 11.2l-1.2 1.2a2.54 2.54 0 0 1-3.6-3.6l1.2-1.2",
	check: "M3.2 8.5l3.2 3.2 6.4-7.2",
	cross: "M4 4l8 8M12 4l-8 8",
	warn: "M8 2.6 14 13H2zM8 6.6v3M8 11.3v.01",
	down: "M4.5 6.5 8 10l3.5-3.5",
	up: "M4.5 9.5 8 6l3.5 3.5",
	left: "M9.5 4.5 6 8l3.5 3.5",
	right: "M6.5 4.5 10 8l-3.5 3.5",
	page: "M4 2.5h5.2L12 5.3v8.2H4zM9 2.7v2.8h2.8",
	press: "M8 7.2v6M5.2 10.4 8 13.2l2.8-2.8M4.3 6.2a3.7 3.7 0 0 1 7.4 0",
	away: "M2.5 8s2-3.8 5.5-3.8S13.5 8 13.5 8 11.5 11.8 8 11.8 2.5 8 2.5 8zM3.5 13l9-10",
	back: "M2.5 8s2-3.8 5.5-3.8S13.5 8 13.5 8 11.5 11.8 8 11.8 2.5 8 2.5 8zM8 6.6a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8z",
	leave: "M9.5 3.2h3.3v9.6H9.5M8.8 8H3M5.4 5.5 2.9 8l2.5 2.5",
	desktop: "M2.5 3.2h11v7.3h-11zM6 13h4M8 10.5V13",
	tablet: "M4 2.5h8v11H4zM7.5 11.6h1",
	phone: "M5 2h6v12H5zM7.5 12h1",
	unknown:
		"M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM6.4 6.5c.1-1 .8-1.5 1.6-1.5s1.6.5 1.6 1.4c0 1.3-1.6 1.3-1.6 2.5M8 11v.01",
	sun: "M8 5.4a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1",
	moon: "M13 9.7A5.4 5.4 0 0 1 6.3 3 5.4 5.4 0 1 0 13 9.7z",
	keys: "M2 4.5h12v7H2zM4.5 7v.01M7 7v.01M9.5 7v.01M11.7 7v.01M5 9.3h6",
	skip: "M3 4v8l5-4zM8 4v8l5-4z",
	full: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
	dot: "M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z",
	empty: "M3 4.5h10M3 8h6M3 11.5h3",
} as const;

export type IconName = keyof typeof PATHS;
const FILLED: readonly IconName[] = ["play", "dot"];

/** Decoration: what an icon says stands in words beside it or in the label of its button. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
	const filled = FILLED.includes(name);
	return (
		<svg
			width={size}
			height={size}
			viewBox="0 0 16 16"
			fill={filled ? "currentColor" : "none"}
			stroke="currentColor"
			stroke-width="1.5"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
		>
			<path d={PATHS[name]} />
		</svg>
	);
}
