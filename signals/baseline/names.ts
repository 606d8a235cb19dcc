// What pages and elements are called in what is frozen, so that the same thing has one name in all sessions. Who stores
// it may call them otherwise, as long as it reads by the names that it wrote by: what is kept beyond a session is
// better without the words of a page.
import type { Target } from "../observation.ts";

export interface Names {
	page(page: string): string;
	element(element: Target): string;
}

/** A position is taken by one thing today and another tomorrow. */
const POSITION = /^(?:path|item|class):/;

export const PLAIN_NAMES: Names = {
	page: (page) => page,
	element: ({ key, tag, text }) => (POSITION.test(key) ? `${key}\0${tag}\0${text}` : key),
};
