/**
 * What visitors have in front of them. Only what a page can see is emulated (size, touch, user agent); that
 * a program drives the browser is not hidden, so every recorded session says so.
 */
export interface Device {
	name: "phone" | "tablet" | "desktop";
	width: number;
	height: number;
	hasTouch: boolean;
	/** As the browser's client hints call it. */
	platform: "Android" | "Windows" | "macOS" | "Linux";
}

export const phones: readonly Device[] = [
	touch("phone", 390, 844),
	touch("phone", 390, 844),
	touch("phone", 360, 780),
];

export const desks: readonly Device[] = [
	desktop(1440, 900, "macOS"),
	desktop(1920, 1080, "Windows"),
	desktop(1366, 768, "Windows"),
	desktop(1280, 720, "Linux"),
	desktop(1536, 864, "Windows"),
	desktop(1680, 1050, "macOS"),
	desktop(1440, 900, "Windows"),
	touch("tablet", 768, 1024),
];

const SYSTEMS: Record<Device["platform"], string> = {
	Android: "Linux; Android 10; K",
	Windows: "Windows NT 10.0; Win64; x64",
	macOS: "Macintosh; Intel Mac OS X 10_15_7",
	Linux: "X11; Linux x86_64",
};

/** @param version of the browser that is driven, as in `Chrome/141.0.7390.54` */
export function describeBrowser({ name, platform }: Device, version: string) {
	const major = /\/(\d+)/.exec(version)?.[1] ?? "";
	const mobile = name === "phone";
	return {
		userAgent: `Mozilla/5.0 (${SYSTEMS[platform]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0${mobile ? " Mobile" : ""} Safari/537.36`,
		platform,
		userAgentMetadata: {
			brands: [{ brand: "Chromium", version: major }],
			...{ platform, mobile, platformVersion: "", architecture: "", model: "" },
		},
	};
}

function touch(name: "phone" | "tablet", width: number, height: number): Device {
	return { name, width, height, hasTouch: true, platform: "Android" };
}

function desktop(width: number, height: number, platform: Device["platform"]): Device {
	return { name: "desktop", width, height, hasTouch: false, platform };
}
