// Error codes in words: what is wrong, and what it does not mean.
import type { ApiError } from "../api.ts";

export interface Explanation {
	title: string;
	text: string;
}

const BY_CODE: Record<string, Explanation> = {
	index_unavailable: {
		title: "The index is not answering",
		text: "Recording goes on and nothing is lost: what visitors send is stored first and counted later. This page tries again by itself.",
	},
	store_unavailable: {
		title: "The storage is not answering",
		text: "Recorders keep what they cannot send and try again. Check that the disk or the bucket of this server can be reached.",
	},
	unreachable: {
		title: "The server does not answer",
		text: "It may be restarting, or this machine is offline. This page tries again by itself.",
	},
	not_found: {
		title: "This is not here",
		text: "It may have been deleted, or its time is over: recordings are kept for as many days as the server is told to.",
	},
	unreadable: {
		title: "The answer makes no sense",
		text: "Something between this page and the server answered in its place. A proxy may be the cause.",
	},
};

const FILTER: Explanation = {
	title: "This filter is not understood",
	text: "It is made of terms as browser:firefox or device:phone. Those of one key widen it, those of different keys narrow it. What is wrong with this one stands below.",
};

export function explainError({ code, status, message }: ApiError): Explanation {
	if (code === "bad_request" && message.startsWith("filter: ")) return FILTER;
	const known = BY_CODE[code] ?? (status === 404 ? BY_CODE.not_found : undefined);
	return (
		known ?? {
			title: "That did not work",
			text: "The server refused or failed. Its own words stand below; its log says more.",
		}
	);
}
