// Around a method or a setter of the page's own world: the page's call always comes first, with its own
// errors, so that what we do behind it can neither keep it from happening nor hide that it was refused.

export type Host = Record<string, unknown>;
type Method = (this: never, ...args: never[]) => unknown;

/** As they are before a page changes them. They say no where others throw. */
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;

export interface Around {
	/** Runs what must not throw into the page. */
	guarded: (work: () => void) => void;
	/** Before the page's call. */
	prepare?: (self: never) => void;
	/** Behind it. */
	tell: (self: never, args: never[], result: unknown) => void;
}

/** @returns an end to it; where somebody wrapped ours meanwhile, ours only falls silent */
export function patchMethod(
	host: Host | undefined,
	name: string,
	{ guarded, prepare, tell }: Around,
	field: "value" | "set" = "value",
): () => void {
	const native = host && getOwnPropertyDescriptor(host, name);
	const method = native?.[field] as Method | undefined;
	if (!host || !method) return () => {};
	let active = true;
	// A proxy has the name, the length and the text of what it stands for.
	const ours = new Proxy(method, {
		apply(_, self: never, args: never[]) {
			if (active && prepare) guarded(() => prepare(self));
			const result = apply(method, self, args);
			if (active) guarded(() => tell(self, args, result));
			return result;
		},
	});
	defineProperty(host, name, { ...native, [field]: ours });
	return () => {
		active = false;
		if (getOwnPropertyDescriptor(host, name)?.[field] === ours) {
			defineProperty(host, name, native as PropertyDescriptor);
		}
	};
}
