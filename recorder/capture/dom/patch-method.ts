// Around a method or property of the page's own world: the page's call always comes first, with its own
// errors, so that what we do behind it can neither keep it from happening nor hide that it was refused.

export type Host = Record<string, unknown>;
type Method = (this: never, ...args: never[]) => unknown;

/** As they are before a page changes them. They say no where others throw. */
const { apply, defineProperty, set } = Reflect;

export interface Around {
	/** Runs what must not throw into the page. */
	guarded: (work: () => void) => void;
	/** Before the page's call; what it gives, `tell` gets. */
	prepare: (self: never) => unknown;
	/** Behind it. */
	tell: (self: never, args: never[], before: unknown, result: unknown) => void;
}

/** @returns an end to it; where somebody wrapped ours meanwhile, ours only falls silent */
export function patchMethod(
	host: Host,
	name: string,
	{ guarded, prepare, tell }: Around,
): (() => void) | undefined {
	if (!Object.hasOwn(host, name)) return undefined;
	const native = host[name] as Method;
	let active = true;
	// A proxy has the name, the length and the text of what it stands for.
	const ours = new Proxy(native, {
		apply(_, self: never, args: never[]) {
			let before: unknown;
			if (active) {
				guarded(() => {
					before = prepare(self);
				});
			}
			const result = apply(native, self, args);
			if (active) guarded(() => tell(self, args, before, result));
			return result;
		},
	});
	if (!set(host, name, ours)) return undefined;
	return () => {
		active = false;
		if (host[name] === ours) set(host, name, native);
	};
}

/** @returns an end to it */
export function patchSetter(host: Host | undefined, name: string, tell: () => void) {
	const native = host && Object.getOwnPropertyDescriptor(host, name);
	if (host === undefined || native?.set === undefined || !native.configurable) return undefined;
	let active = true;
	const ours = new Proxy(native.set, {
		apply(of, self, args) {
			apply(of, self, args);
			if (active) tell();
		},
	});
	if (!defineProperty(host, name, { ...native, set: ours })) return undefined;
	return () => {
		active = false;
		if (Object.getOwnPropertyDescriptor(host, name)?.set === ours) {
			defineProperty(host, name, native);
		}
	};
}
