// A session that goes from page to page and does nothing there.
import { expect } from "vitest";
import type { Fact } from "../../protocol/fact.ts";
import { createSampleChunk, createSampleSession } from "./sample-chunk.ts";
import type { TestServer } from "./start-server.ts";

export interface SampleView {
	path: string;
	/** What the page tells of itself. */
	told?: string;
}

export async function sendViews(
	{ post }: TestServer,
	views: readonly SampleView[],
	key?: string,
): Promise<void> {
	const session = createSampleSession();
	const facts = views.flatMap(({ path, told }, view): Fact[] => {
		const at = session.startedAt + view;
		const url = `http://shop.example${path}`;
		const page: Fact = [1, at, view, url, "", view === 0 ? "load" : "push", 1280, 2000, 1280, 800];
		return told === undefined ? [page] : [page, [21, at, view, told]];
	});
	const url = `http://shop.example${views[0]?.path}`;
	const answer = await post(createSampleChunk(session, { facts, envelope: { url } }), { key });
	expect(answer.status).toBe(204);
}
