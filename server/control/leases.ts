// Who may do a piece of work that two should not do at once. A lease ends by itself, so that work goes
// on where its holder died; whoever held it longer than that must find out before it does harm, by
// renewing it. How often a piece of work failed by its own fault is kept with it.
import type { ControlDatabase } from "./database.ts";

export const LEASE_MS = 60_000;

export interface Leases {
	/** @returns how often it failed before; undefined where somebody else holds it */
	acquire(name: string): Promise<number | undefined>;
	/** @returns false where it was lost */
	renew(name: string): Promise<boolean>;
	/** The work is done, and what went wrong before is forgotten. */
	finish(name: string): Promise<void>;
	/** The work was not done. `failed` says that it was the work's own fault. */
	giveBack(name: string, failed: boolean): Promise<void>;
}

export interface LeasesOptions {
	control: ControlDatabase;
	/** Name of this process, another one at each start. */
	holder: string;
	now: () => number;
	leaseMs?: number;
}

export function createLeases({ control, holder, now, leaseMs = LEASE_MS }: LeasesOptions): Leases {
	const mine = (name: string) =>
		control.updateTable("leases").where("name", "=", name).where("holder", "=", holder);

	return {
		async acquire(name) {
			const row = await control
				.insertInto("leases")
				.values({ name, holder, expires_at: now() + leaseMs, attempts: 0 })
				.onConflict((conflict) =>
					conflict
						.column("name")
						.doUpdateSet({ holder, expires_at: now() + leaseMs })
						.where("leases.expires_at", "<=", now()),
				)
				.returning("attempts")
				.executeTakeFirst();
			return row?.attempts;
		},
		async renew(name) {
			const { numUpdatedRows } = await mine(name)
				.where("expires_at", ">", now())
				.set({ expires_at: now() + leaseMs })
				.executeTakeFirst();
			return numUpdatedRows > 0n;
		},
		async finish(name) {
			const lease = control.deleteFrom("leases").where("name", "=", name);
			await lease.where("holder", "=", holder).execute();
		},
		async giveBack(name, failed) {
			await mine(name)
				.set((set) => ({ expires_at: 0, attempts: set("attempts", "+", failed ? 1 : 0) }))
				.execute();
		},
	};
}
