// The fixture site: the pages of all scenarios with the recorder as it is built, answers that take as long as they are
// asked to, and an intake. Uploads are real; the facts of a scenario are those of the session that saw its pages.

import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { pathOf } from "../../../protocol/clean-url.ts";
import { FACT_LEAVE, FACT_PAGE, type Fact } from "../../../protocol/fact.ts";
import { type Intake, RECORD_ALL, type Received, startIntake } from "../../recorder/intake.ts";
import { pageOf, type Scenario } from "./scenario.ts";

export interface FixtureSite {
	urlOf(scenario: Scenario, path?: string): string;
	/** What came of the visitor of a scenario. */
	receivedOf(scenario: Scenario): Received[];
	/** Every document has said its last words, the last one since an instant, and all before them has come. */
	isWhole(scenario: Scenario, since: number): boolean;
	/** An empty page that does not record. */
	away(): string;
	close(): Promise<void>;
}

export async function startFixtureSite(
	scenarios: readonly Scenario[],
	isFactsOnly = false,
): Promise<FixtureSite> {
	const pages: Record<string, string> = {};
	for (const scenario of scenarios) {
		for (const [path, body] of Object.entries(scenario.pages)) {
			pages[pathIn(scenario, path)] = pageOf(body, scenario);
		}
	}
	const intake = await startIntake(pages, { serve });
	if (isFactsOnly) {
		intake.configure({
			status: 200,
			body: { ...RECORD_ALL, sampling: 0, replayOnFriction: false },
		});
	}
	return {
		urlOf: (scenario, path = "") => intake.page(pathIn(scenario, path)),
		receivedOf: (scenario) => receivedOf(intake, scenario),
		isWhole: (scenario, since) => isWhole(receivedOf(intake, scenario), since),
		away: () => intake.page("/away"),
		close: () => intake.close(),
	};
}

export function pathIn({ name }: Scenario, path: string): string {
	return `/${name}/${path}`;
}

/** `ms` is how long anything takes, `status` how the API answers. */
async function serve({ pathname, searchParams }: URL, response: ServerResponse): Promise<boolean> {
	await delay(Number(searchParams.get("ms") ?? 0));
	if (pathname === "/to") {
		response.writeHead(302, { Location: searchParams.get("path") ?? "/" }).end();
		return true;
	}
	if (pathname === "/report.zip") {
		response.writeHead(200, {
			"Content-Disposition": "attachment",
			"Content-Type": "application/zip",
		});
		response.end("PK");
		return true;
	}
	if (!pathname.startsWith("/api")) return false;
	const headers = { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" };
	response.writeHead(Number(searchParams.get("status") ?? 200), headers).end("{}");
	return true;
}

function receivedOf({ accepted }: Intake, { name }: Scenario): Received[] {
	const isOf = ({ facts }: Received) =>
		facts.some((fact) => fact[0] === FACT_PAGE && pathOf(fact[3]).startsWith(`/${name}/`));
	const sessions = new Set(accepted.filter(isOf).map(({ envelope }) => envelope.session));
	return accepted.filter(({ envelope }) => sessions.has(envelope.session));
}

function isWhole(received: readonly Received[], since: number): boolean {
	const streams = new Map<string, Received[]>();
	for (const one of received) {
		const { stream } = one.envelope;
		streams.set(stream, [...(streams.get(stream) ?? []), one]);
	}
	const isOver = received.some(({ facts }) =>
		facts.some((fact) => isEnd(fact) && fact[1] >= since),
	);
	return isOver && [...streams.values()].every(isStreamWhole);
}

function isStreamWhole(received: readonly Received[]): boolean {
	const last = received.find(({ facts }) => facts.some(isEnd))?.envelope;
	const sequences = new Set(received.map(({ envelope }) => envelope.sequence));
	return last !== undefined && sequences.size > last.sequence;
}

function isEnd(fact: Fact): boolean {
	return fact[0] === FACT_LEAVE && fact[3] === "unload";
}
