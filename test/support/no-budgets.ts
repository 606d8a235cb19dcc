// A test uploads more in a second than a visitor in an hour, all of it from one machine.

/** Environment of a server that lets everybody send as much as they like. */
export const NO_BUDGETS: Readonly<Record<string, string>> = {
	SNAG_BUDGET_BYTES_PER_DAY: "0",
	SNAG_BUDGET_ASSET_BYTES_PER_DAY: "0",
	SNAG_BUDGET_SESSIONS_PER_MINUTE: "0",
	SNAG_BUDGET_ADDRESS_SESSIONS_PER_HOUR: "0",
	SNAG_BUDGET_ADDRESS_REQUESTS_PER_MINUTE: "0",
	SNAG_BUDGET_SESSION_REQUESTS: "0",
};
