// A choice that this browser keeps.
import { effect, type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";

export function useRemembered(key: string, initial: boolean): Signal<boolean> {
	const choice = useMemo(() => {
		const kept = localStorage.getItem(key);
		return signal(kept === null ? initial : kept === "true");
	}, [key, initial]);
	useEffect(() => effect(() => localStorage.setItem(key, String(choice.value))), [key, choice]);
	return choice;
}
