// What the finisher and its child process tell each other.
import type { SessionId } from "../../protocol/ids.ts";
import type { DiskStorage, S3Storage } from "../config.ts";

/** What the child needs to know once. */
export interface FinisherSetup {
	storage: DiskStorage | S3Storage;
	/** For what is written before it is stored. */
	folder: string;
}

/** A chunk as the index knows it. Times are epoch ms on the server's clock. */
export interface StoredChunk {
	stream: string;
	sequence: number;
	part: number;
	crc: number;
	tab: string;
	visitor: string;
	writeKey: string;
	pack: string;
	offset: number;
	length: number;
	receivedAt: number;
	/** First and last instant of its facts and events. */
	first: number;
	last: number;
	url: string;
	width: number;
	height: number;
}

export interface FinishJob {
	site: number;
	session: SessionId;
	generation: number;
	/** Key of the recording that is to be written. */
	key: string;
	/** In the order of streams, sequences and parts. */
	chunks: StoredChunk[];
}

/** `begun` comes again while it goes on. `gone`: a chunk is not where the index says; `retry`: the store does not answer. */
export type ChildMessage =
	| { kind: "ready" }
	| { kind: "begun"; session: SessionId }
	| { kind: "finished"; session: SessionId; bytes: number; quarantined: number; rss: number }
	| { kind: "failed"; session: SessionId; why: "gone" | "retry" | "fault"; message: string }
	| { kind: "done" };

export type ParentMessage =
	| { kind: "setup"; setup: FinisherSetup }
	| { kind: "finish"; jobs: FinishJob[] };
