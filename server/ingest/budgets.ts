// What one site, one address and one session may send. A public key is public: without these, anybody
// could fill the disk of its owner. Each server counts by itself and in memory only; a restart forgives.
//
// Addresses count only where a proxy is trusted to name them: without one every visitor behind a proxy
// would share its address. Of an address only a hash with a salt of this process is kept, and of IPv6
// the network of 64 bits, since one household has all addresses of it.
import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import { type Buckets, createBuckets } from "./buckets.ts";

/** 0 is no limit. */
export interface BudgetLimits {
	siteBytesPerDay: number;
	/** Of files that pages are drawn with. */
	siteAssetBytesPerDay: number;
	siteSessionsPerMinute: number;
	addressSessionsPerHour: number;
	addressRequestsPerMinute: number;
	/** Per ten seconds. */
	sessionRequests: number;
}

export const DEFAULT_BUDGETS: BudgetLimits = {
	siteBytesPerDay: 2 * 1024 ** 3,
	siteAssetBytesPerDay: 256 * 1024 ** 2,
	siteSessionsPerMinute: 600,
	addressSessionsPerHour: 50,
	addressRequestsPerMinute: 600,
	sessionRequests: 20,
};

export class OverBudget extends ProtocolError {
	readonly retrySeconds: number;

	constructor(whose: string, waitMs: number) {
		super("over_budget", `${whose} sends more than it may, keep it and try again`);
		this.retrySeconds = Math.ceil(waitMs / 1000);
	}
}

export interface Budgets {
	/** Before anything is read. @param address "" where no proxy names it @throws OverBudget */
	checkRequest(address: string): void;
	/** @throws OverBudget */
	checkChunk(chunk: BudgetedChunk): void;
	/** @throws OverBudget */
	checkAsset(site: number, bytes: number): void;
	/** A visitor asks to be erased. @throws OverBudget */
	checkErasure(site: number, session: string): void;
}

export interface BudgetedChunk {
	site: number;
	session: string;
	isNewSession: boolean;
	/** What will be stored: 0 for a duplicate. */
	bytes: number;
	address: string;
}

export interface BudgetOptions {
	limits: BudgetLimits;
	now: () => number;
	/** Random; makes the hashes of addresses useless elsewhere. */
	salt: string;
	onRefused: (whose: "site" | "address" | "session") => void;
}

/** Each may have all packs read; visitors who have to wait ask again. */
const ERASURES_PER_HOUR = 300;
const MAX_BUCKETS = 50_000;
/** A site that is out of bytes is asked again by thousands of pages: not every second. */
const SITE_WAIT_MS = 60_000;

export function createBudgets({ limits, now, salt, onRefused }: BudgetOptions): Budgets {
	const make = (capacity: number, periodMs: number): Buckets =>
		createBuckets({ capacity, periodMs, maxBuckets: MAX_BUCKETS });
	const siteBytes = make(limits.siteBytesPerDay, 24 * 60 * 60_000);
	const assetBytes = make(limits.siteAssetBytesPerDay, 24 * 60 * 60_000);
	const siteSessions = make(limits.siteSessionsPerMinute, 60_000);
	const addressSessions = make(limits.addressSessionsPerHour, 60 * 60_000);
	const addressRequests = make(limits.addressRequestsPerMinute, 60_000);
	const sessionRequests = make(limits.sessionRequests, 10_000);
	const siteErasures = make(ERASURES_PER_HOUR, 60 * 60_000);
	const hash = (address: string) =>
		createHash("sha256").update(salt).update(networkOf(address)).digest("base64");

	const refuse = (whose: "site" | "address" | "session", waitMs: number): never => {
		onRefused(whose);
		throw new OverBudget(`this ${whose}`, waitMs);
	};

	return {
		checkRequest(address) {
			if (address === "") return;
			const wait = addressRequests.take(hash(address), 1, now());
			if (wait > 0) refuse("address", wait);
		},
		checkChunk({ site, session, isNewSession, bytes, address }) {
			const at = now();
			const ofSession = sessionRequests.take(`${site}/${session}`, 1, at);
			if (ofSession > 0) refuse("session", ofSession);
			if (isNewSession) {
				const ofAddress = address === "" ? 0 : addressSessions.take(hash(address), 1, at);
				if (ofAddress > 0) refuse("address", ofAddress);
				const sessions = siteSessions.take(String(site), 1, at);
				if (sessions > 0) refuse("site", sessions);
			}
			const ofSite = bytes === 0 ? 0 : siteBytes.take(String(site), bytes, at);
			if (ofSite > 0) refuse("site", Math.max(SITE_WAIT_MS, ofSite));
		},
		checkAsset(site, bytes) {
			const wait = assetBytes.take(String(site), bytes, now());
			if (wait > 0) refuse("site", Math.max(SITE_WAIT_MS, wait));
		},
		checkErasure(site, session) {
			const ofSession = sessionRequests.take(`${site}/${session}`, 1, now());
			if (ofSession > 0) refuse("session", ofSession);
			const ofSite = siteErasures.take(String(site), 1, now());
			if (ofSite > 0) refuse("site", Math.max(SITE_WAIT_MS, ofSite));
		},
	};
}

/** The part of an address that one household has: all of IPv4, 64 bits of IPv6. */
export function networkOf(address: string): string {
	if (!isIPv6(address)) return address;
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
	const groups = head === "" ? [] : head.split(":");
	const behind = tail === undefined || tail === "" ? [] : tail.split(":");
	const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
	const all = [...groups, ...Array<string>(Math.max(0, zeros)).fill("0"), ...behind];
	return all
		.slice(0, 4)
		.map((group) => Number.parseInt(group, 16).toString(16))
		.join(":");
}
