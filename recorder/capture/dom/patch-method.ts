// Around a method or property of the page's own world: the page's call always comes first, with its own
// errors, so that what we do behind it can neither keep it from happening nor hide that it was refused.

export type Host = Record<string, unknown>;
type Method = (this: never, ...args: never[]) => unknown;

export interface Around {
	/** Runs what must not throw into the page. */
	guarded: (work: () => void) => void;
	/** Before the page's call; what it gives, `tell` gets. */
	prepare: (self: never) => unknown;
	/** Behind it. */
	tell: (self: never, args: never[], before: unknown) => void;
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
	const ours = function (this: never, ...args: never[]): unknown {
		let before: unknown;
		if (active) {
			guarded(() => {
				before = prepare(this);
			});
		}
		const result = native.apply(this, args);
		if (active) guarded(() => tell(this, args, before));
		return result;
	};
	host[name] = ours;
	return () => {
		active = false;
		if (host[name] === ours) host[name] = native;
	};
}

/** @returns an end to it */
export function patchSetter(host: Host | undefined, name: string, tell: () => void) {
	const native = host && Object.getOwnPropertyDescriptor(host, name);
	if (host === undefined || native?.set === undefined || !native.configurable) return undefined;
	const { set } = native;
	let active = true;
	const ours = function (this: unknown, value: unknown): void {
		set.call(this, value);
		if (active) tell();
	};
	Object.defineProperty(host, name, { ...native, set: ours });
	return () => {
		active = false;
		if (Object.getOwnPropertyDescriptor(host, name)?.set === ours) {
			Object.defineProperty(host, name, native);
		}
	};
}
