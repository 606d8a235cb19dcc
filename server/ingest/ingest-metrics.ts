// What ingest tells of itself.
import { REFUSAL_STATUS } from "../../protocol/protocol-error.ts";
import type { Metrics } from "../metrics.ts";

export interface IngestMetrics {
	/** @param seconds from the first byte of the request to its answer */
	onUpload(status: number, bytes: number, seconds: number): void;
	onPack(chunks: number, bytes: number): void;
	onOverBudget(whose: "site" | "address" | "session"): void;
}

const STATUSES = [...new Set([200, 204, 500, ...Object.values(REFUSAL_STATUS)])].sort().map(String);
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

export function createIngestMetrics(metrics: Metrics): IngestMetrics {
	const uploads = metrics.counter("snag_uploads_total", "Uploads by the status of their answer.", {
		name: "status",
		values: STATUSES,
	});
	const bytes = metrics.counter("snag_acknowledged_bytes_total", "Bytes of acknowledged chunks.");
	const seconds = metrics.histogram(
		"snag_acknowledge_seconds",
		"Time from a request to its acknowledgement.",
		SECONDS,
	);
	const packs = metrics.counter("snag_packs_total", "Packs that were written.");
	const packBytes = metrics.counter("snag_pack_bytes_total", "Bytes of packs that were written.");
	const chunks = metrics.counter("snag_pack_chunks_total", "Chunks in packs that were written.");
	const refusals = metrics.counter("snag_over_budget_total", "Uploads over a budget, by whose.", {
		name: "whose",
		values: ["site", "address", "session"],
	});
	return {
		onUpload(status, uploaded, took) {
			uploads(1, String(status));
			if (status !== 204) return;
			bytes(uploaded);
			seconds(took);
		},
		onPack(count, written) {
			packs(1);
			packBytes(written);
			chunks(count);
		},
		onOverBudget: (whose) => refusals(1, whose),
	};
}
