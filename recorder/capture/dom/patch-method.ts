// Around a method or a setter of the page's own world: the page's call always comes first, with its own
// errors, so that what we do behind it can neither keep it from happening nor hide that it was refused.

export type Host = Record<string, unknown>;
type Method = (this: never, ...args: never[]) => unknown;

/** As they are before a page changes them. They say no where others throw. */
const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;

export interface Around {
	/** Runs what must not throw into the page. */
	guarded: (work: () => void) => void;
	/** Is it one of which something is to be told? Most calls are not, and cost nothing more. */
	concerns?: (self: never) => unknown;
	/** Before the page's call. */
	prepare?: () => void;
	/** Behind it. */
	tell: (self: never, args: never[], result: unknown) => void;
}

/** @returns an end to it; where somebody wrapped ours meanwhile, ours only falls silent */
export function patchMethod(
	host: Host | undefined,
	name: string,
	{ guarded, concerns, prepare, tell }: Around,
	field: "value" | "set" = "value",
): () => void {
	const native = host && getOwnPropertyDescriptor(host, name);
	const method = native?.[field] as Method | undefined;
	if (!host || !method) return () => {};
	let active = true;
	// A proxy has the name, the length and the text of what it stands for.
	const ours = new Proxy(method, {
		apply(_, self: never, args: never[]) {
			let isTold: unknown = active;
			try {
				if (active && concerns) isTold = concerns(self);
			} catch {
				isTold = false;
			}
			if (isTold && prepare) guarded(prepare);
			const result = apply(method, self, args);
			if (isTold) guarded(() => tell(self, args, result));
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
