import { expect, test } from "vitest";
import { timeOfUuidV7 } from "../../../protocol/ids.ts";
import { SESSION_IDLE_MS, SESSION_MS } from "../../../protocol/limits.ts";
import { findOrCreateId } from "../../../recorder/session/find-or-create-id.ts";
import { createKeyValue, type KeyValue } from "../../../recorder/session/key-value.ts";
import { createSessions, parseSession, type Sessions } from "../../../recorder/session/session.ts";
import { claimTab } from "../../../recorder/session/tab.ts";

const START = Date.UTC(2030, 0, 1);
const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));

function createStore(): KeyValue {
	const map = new Map<string, string>();
	return {
		get: (key) => map.get(key),
		set: (key, value) => void map.set(key, value),
		remove: (key) => void map.delete(key),
	};
}

/** Tabs of one browser with one clock that only the test moves. */
function createBrowser() {
	const storage = createStore();
	let at = START;
	const now = () => at;
	return {
		storage,
		openTab: (): Sessions => createSessions(storage, now, random),
		pass: (ms: number) => {
			at += ms;
		},
	};
}

test("tabs share the session, and its id says when it began", () => {
	const browser = createBrowser();
	const first = browser.openTab().current();
	browser.pass(1000);
	const second = browser.openTab().current();
	expect(second.id).toBe(first.id);
	expect(second.writeKey).toBe(first.writeKey);
	expect(timeOfUuidV7(first.id)).toBe(START);
});

test("half an hour without activity ends it, and the next activity begins another", () => {
	const browser = createBrowser();
	const tab = browser.openTab();
	const { id, writeKey } = tab.current();
	browser.pass(SESSION_IDLE_MS);
	expect(tab.isOver()).toBe(false);
	browser.pass(1);
	expect(tab.isOver()).toBe(true);
	expect(tab.touch()).toBe(true);
	expect(tab.isOver()).toBe(false);
	expect(tab.current().id).not.toBe(id);
	expect(tab.current().writeKey).not.toBe(writeKey);
});

test("four hours end it whatever the visitor does", () => {
	const browser = createBrowser();
	const tab = browser.openTab();
	const step = SESSION_IDLE_MS / 2;
	for (let passed = 0; passed < SESSION_MS; passed += step) {
		browser.pass(step);
		expect(tab.touch()).toBe(false);
	}
	browser.pass(1);
	expect(tab.isOver()).toBe(true);
	expect(tab.touch()).toBe(true);
});

test("activity in one tab keeps the session of the other alive", () => {
	const browser = createBrowser();
	const [first, second] = [browser.openTab(), browser.openTab()];
	browser.pass(SESSION_IDLE_MS - 1);
	first.touch();
	browser.pass(SESSION_IDLE_MS - 1);
	expect(second.touch()).toBe(false);
	expect(second.current().id).toBe(first.current().id);
});

test("a session that another tab began is taken over at the next activity", () => {
	const browser = createBrowser();
	const [first, second] = [browser.openTab(), browser.openTab()];
	browser.pass(SESSION_IDLE_MS + 1);
	first.touch();
	expect(second.touch()).toBe(true);
	expect(second.current().id).toBe(first.current().id);
});

test("a refused session is followed by one with the server's clock, and so are later ones", () => {
	const browser = createBrowser();
	const tab = browser.openTab();
	const server = START + 3 * 24 * 3_600_000;
	tab.rotate(server);
	expect(timeOfUuidV7(tab.current().id)).toBe(server);
	browser.pass(SESSION_IDLE_MS + 1);
	tab.touch();
	expect(timeOfUuidV7(tab.current().id)).toBe(server + SESSION_IDLE_MS + 1);
});

test.each([
	undefined,
	"",
	"null",
	"{}",
	"....",
	"a.b.1.2.3",
	`${"0".repeat(36)}.${"0".repeat(32)}.1.2.3`,
])("%s in storage is no session", (text) => {
	expect(parseSession(text)).toBeUndefined();
});

test("a visitor is the same as long as storage keeps it", () => {
	const storage = createStore();
	const visitor = findOrCreateId(storage, "visitor", random);
	expect(findOrCreateId(storage, "visitor", random)).toBe(visitor);
	storage.set("visitor", "garbage");
	expect(findOrCreateId(storage, "visitor", random)).not.toBe(visitor);
});

test("the next page of a tab has its id, a copy of the tab has its own", () => {
	const storage = createStore();
	const tab = claimTab(storage, random);
	const copied = createStore();
	copied.set("tab", storage.get("tab") ?? "");
	expect(claimTab(copied, random).id).not.toBe(tab.id);
	tab.release();
	expect(claimTab(storage, random).id).toBe(tab.id);
});

test("a page that is shown again has its tab's id again", () => {
	const storage = createStore();
	const tab = claimTab(storage, random);
	tab.release();
	tab.claim();
	expect(claimTab(storage, random).id).not.toBe(tab.id);
});

test("storage that throws is replaced by memory", () => {
	const store = createKeyValue("prefix.", () => {
		throw new DOMException("denied", "SecurityError");
	});
	store.set("a", "1");
	expect(store.get("a")).toBe("1");
	store.remove("a");
	expect(store.get("a")).toBeUndefined();
});
