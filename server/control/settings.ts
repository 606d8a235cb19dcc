// Secrets and names that are made once and kept in the control database.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ControlDatabase, openControlDatabase } from "./database.ts";

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

/** The admin token in a data folder, undefined where there is none yet. Nothing is made. */
export async function readKeptToken(folder: string): Promise<string | undefined> {
	if (!existsSync(join(folder, "control.db"))) return undefined;
	const control = await openControlDatabase(folder);
	const row = await control
		.selectFrom("settings")
		.select("value")
		.where("name", "=", "admin_token")
		.executeTakeFirst();
	await control.destroy();
	return row?.value;
}

/** @returns undefined where none is kept under the name */
export async function findSetting(
	control: ControlDatabase,
	name: string,
): Promise<string | undefined> {
	const of = control.selectFrom("settings").select("value").where("name", "=", name);
	return (await of.executeTakeFirst())?.value;
}

export async function keepSetting(
	control: ControlDatabase,
	name: string,
	value: string,
): Promise<void> {
	await control
		.insertInto("settings")
		.values({ name, value })
		.onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
		.execute();
}

export async function dropSetting(control: ControlDatabase, name: string): Promise<void> {
	await control.deleteFrom("settings").where("name", "=", name).execute();
}
