// What happened, in words.
import type { IconName } from "../ui/icon.tsx";
import type { Marker } from "./find-marker.ts";

export interface MarkerWords {
	icon: IconName;
	title: string;
	note: string;
}

const REACHED: Record<string, string> = {
	load: "",
	reload: "reloaded",
	history: "by back or forward",
	push: "",
	replace: "address changed",
};

/** What has no label, or a private one, is at least of a kind. */
const NAMELESS: Record<string, string> = {
	textbox: "A text field",
	searchbox: "A search field",
	combobox: "A list of choices",
	checkbox: "A checkbox",
	radio: "An option",
	slider: "A slider",
	spinbutton: "A number field",
	button: "A button",
	link: "A link",
	img: "A picture",
	dialog: "A dialog",
};

const LEFT: Record<string, string> = {
	unload: "Left the page",
	copy: "Copied something",
	print: "Printed",
	download: "Downloaded a file",
	open: "Opened another window",
};

export function describeMarker({ kind, label, page, detail }: Marker): MarkerWords {
	switch (kind) {
		case "page":
			return { icon: "page", title: label || page, note: REACHED[detail] ?? detail };
		case "press":
			if (label === "") return { icon: "press", title: NAMELESS[detail] ?? "Something", note: "" };
			return { icon: "press", title: label, note: detail };
		case "hidden":
			return { icon: "away", title: "Looked at something else", note: "" };
		case "visible":
			return { icon: "back", title: "Came back", note: "" };
		case "leave":
			return { icon: "leave", title: LEFT[detail] ?? "Left the page", note: "" };
	}
}
