// rrweb wraps the page's style methods and calls its own code before the native one: an error of rrweb
// would keep the page's rule from being inserted, and an error handler that swallows errors would also
// swallow those that the page relies on (styled-components expects `insertRule` to throw). When it
// stops it puts back what it found, which drops the wrappers that others added since (rrweb #1518).
//
// So a layer of ours goes below rrweb's and one above: the lower remembers what the native method threw,
// the upper calls the native method itself where rrweb never reached it.

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Host = Record<string, Method | undefined>;

const METHODS = ["insertRule", "deleteRule", "replace", "replaceSync"];
/** rrweb replaces these by calls of the methods above, and never puts them back. */
const REPLACED = ["addRule", "removeRule"];
const PLACES: readonly [owner: string, methods: readonly string[]][] = [
	["CSSStyleSheet", [...METHODS, ...REPLACED]],
	["CSSGroupingRule", ["insertRule", "deleteRule"]],
	["CSSStyleDeclaration", ["setProperty", "removeProperty"]],
];

export interface StylePatches {
	/** The error came from the page's own call and belongs to the page. */
	isOfPage(error: unknown): boolean;
	/** To be called when rrweb has wrapped the methods. */
	cover(): void;
	/** Runs `stop`, in which rrweb puts back what it found, and keeps what others have added. */
	restore(stop: () => void): void;
}

export function patchStyles(window: Record<string, unknown>): StylePatches {
	const ofPage = new WeakSet<object>();
	const patches = PLACES.flatMap(([name, methods]) => {
		const host = (window[name] as { prototype?: Host } | undefined)?.prototype;
		return host === undefined
			? []
			: methods.flatMap((method) => patchMethod(host, method, ofPage) ?? []);
	});
	return {
		isOfPage: (error) => typeof error === "object" && error !== null && ofPage.has(error),
		cover: () => {
			for (const patch of patches) patch.cover();
		},
		restore: (stop) => {
			const restores = patches.map((patch) => patch.prepareRestore());
			stop();
			for (const restore of restores) restore();
		},
	};
}

function patchMethod(host: Host, name: string, ofPage: WeakSet<object>) {
	const native = host[name];
	if (native === undefined || !Object.getOwnPropertyDescriptor(host, name)) return undefined;
	let reached = false;
	let active = true;
	const layered = !REPLACED.includes(name);
	const lower: Method = function (...args) {
		reached = true;
		try {
			return native.apply(this, args);
		} catch (error) {
			if (typeof error === "object" && error !== null) ofPage.add(error);
			throw error;
		}
	};
	if (layered) host[name] = lower;
	let upper: Method | undefined;
	return {
		cover(): void {
			const wrapped = host[name];
			if (wrapped === undefined) return;
			upper = wrapped;
			if (!layered) return;
			host[name] = upper = function (...args) {
				if (!active) return native.apply(this, args);
				reached = false;
				const result = wrapped.apply(this, args);
				return reached ? result : native.apply(this, args);
			};
		},
		prepareRestore(): () => void {
			const found = host[name];
			active = false;
			return () => {
				host[name] = found === upper ? native : found;
			};
		},
	};
}
