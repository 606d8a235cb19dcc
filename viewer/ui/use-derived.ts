// A signal made of others that is made anew when what it captures changes; `useComputed` keeps to the
// signals that its first run has seen.
import { computed, type ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

/** @param inputs everything that `derive` captures */
export function useDerived<T>(derive: () => T, inputs: readonly unknown[]): ReadonlySignal<T> {
	return useMemo(() => computed(derive), inputs);
}
