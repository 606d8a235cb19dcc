// Secrets and names that are made once and kept in the control database.
import type { ControlDatabase } from "./database.ts";

/** The value kept under a name; made and kept where there is none yet. */
export async function readSetting(
	control: ControlDatabase,
	name: string,
	create: () => string,
): Promise<string> {
	await control
		.insertInto("settings")
		.values({ name, value: create() })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	const { value } = await control
		.selectFrom("settings")
		.select("value")
		.where("name", "=", name)
		.executeTakeFirstOrThrow();
	return value;
}
