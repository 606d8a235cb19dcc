// The way of recorded events from where they arrive to where they are replayed, with the files that were
// kept of their page: unpacked and scrubbed as on the server, files in the places of their names.
import type { RrwebEvent } from "../../../protocol/packed-event.ts";
import { inlineAssets } from "../../../replay/inline-assets.ts";
import { scrubEvents } from "../../../replay/scrub.ts";
import type { FidelityPage } from "./fidelity-page.ts";
import type { NormalNode } from "./normal-tree.ts";

export interface KeptFiles {
	/** By the name that events have, its hash. */
	sheets: Record<string, string>;
	files: Record<string, string>;
	/** By hash, in base 64. */
	bytes: Record<string, string>;
}

const ADDRESS = "/kept/";
const URLS = /^(?:href|src|srcset|sizes|poster|data|background|xlink:href|rel|cite|loading)$/;
/** What a replay has as empty boxes. */
const INERT = /^(?:object|embed|base|snag-inert)$/;

/** @throws Error where an event cannot be played */
export function receive(wire: readonly unknown[], kept: KeptFiles): RrwebEvent[] {
	const { events, dropped } = scrubEvents(structuredClone(wire));
	if (dropped > 0) throw new Error(`${dropped} of ${wire.length} events are none`);
	const hashOf = (names: Record<string, string>, reference: string) =>
		names[reference.slice("snag:".length)];
	return inlineAssets(events, {
		addressOf(reference) {
			const hash = hashOf(kept.files, reference) ?? hashOf(kept.sheets, reference);
			return hash === undefined ? undefined : ADDRESS + hash;
		},
		sheetOf(reference) {
			const bytes = kept.bytes[hashOf(kept.sheets, reference) ?? ""];
			return bytes === undefined ? undefined : Buffer.from(bytes, "base64").toString("utf8");
		},
	});
}

/** What a replay loads: nothing of the page, only what was kept. */
export function serveKept(page: FidelityPage, kept: KeptFiles): FidelityPage {
	const types = new Map(Object.values(page.files ?? {}).map(({ type, body }) => [`${body}`, type]));
	const files = Object.entries(kept.bytes).map(([hash, base64]) => {
		const body = Buffer.from(base64, "base64");
		return [ADDRESS + hash, { type: types.get(`${body}`) ?? "", body }] as const;
	});
	return { ...page, files: Object.fromEntries(files) };
}

/** The same where it stood on the page or was kept: neither addresses nor what has them alone. */
export function withoutUrls({ name, facts, children }: NormalNode): NormalNode {
	const left = Object.entries(facts)
		.filter(([fact]) => !URLS.test(fact))
		.map(([fact, value]) => [fact, fact === "text" ? value : value.replace(CSS_URL, "url(…)")]);
	if (INERT.test(name)) return { name: "snag-inert", facts: {}, children: [] };
	return {
		name,
		facts: Object.fromEntries(left),
		children: children.map(withoutUrls),
	};
}

const CSS_URL = /url\("(?!#)[^"]*"\)/g;
