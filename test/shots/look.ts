// What is wrong with how a page looks, as far as a program can tell. Runs inside the browser, so each
// function stands alone.

/** Elements that reach beyond the right edge of the window, if the page scrolls sideways at all. */
export function findSidewaysScroll(): string[] {
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= width) return [];
	return [...document.body.querySelectorAll("*")]
		.filter((element) => element.getBoundingClientRect().right > width + 1)
		.slice(0, 5)
		.map((element) => `${element.localName}.${element.className}`);
}

/** Visible texts whose contrast is below WCAG 2.2 AA: 4.5, or 3 where they are large. */
export function findLowContrast(): string[] {
	type Color = [red: number, green: number, blue: number, alpha: number];
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const parse = (color: string): Color => {
		if (canvas === null) throw new Error("no canvas");
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
		return [red, green, blue, alpha / 255];
	};
	const over = (top: Color, under: Color): Color => {
		const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3]);
		return [mix(top[0], under[0]), mix(top[1], under[1]), mix(top[2], under[2]), 1];
	};
	const backgroundOf = (element: Element | null): Color => {
		if (element === null) return [255, 255, 255, 1];
		const color = parse(getComputedStyle(element).backgroundColor);
		return color[3] === 1 ? color : over(color, backgroundOf(element.parentElement));
	};
	const luminance = (color: Color) => {
		const [red = 0, green = 0, blue = 0] = color.slice(0, 3).map((part) => {
			const share = part / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const found: string[] = [];
	for (const element of document.body.querySelectorAll("*")) {
		const text = [...element.childNodes].some(
			(node) => node.nodeType === 3 && node.nodeValue?.trim(),
		);
		if (!text || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
			continue;
		if (element.closest("[disabled], [aria-disabled=true], [aria-hidden=true]") !== null) continue;
		const style = getComputedStyle(element);
		const background = backgroundOf(element);
		const [light, dark] = [
			luminance(over(parse(style.color), background)),
			luminance(background),
		].sort((a, b) => b - a) as [number, number];
		const ratio = (light + 0.05) / (dark + 0.05);
		const size = Number.parseFloat(style.fontSize);
		const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
		if (ratio < (isLarge ? 3 : 4.5)) {
			found.push(
				`${element.localName}.${element.className} ${ratio.toFixed(2)} «${element.textContent?.slice(0, 30)}»`,
			);
		}
	}
	return found;
}

/** How many headings of the first level and how many things to do a page has outside its header. */
export function countLandmarks(): { headings: number; actions: number } {
	const visible = (selector: string) =>
		[...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
	const inMain = (selector: string) =>
		selector
			.split(", ")
			.map((part) => `main ${part}`)
			.join(", ");
	return {
		headings: visible("h1"),
		actions: visible(inMain("a[href], button:not([disabled]), [role=slider], input")),
	};
}
