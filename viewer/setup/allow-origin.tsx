// The way out of a refusal in one press; the list of origins on the same screen takes it back.
import { useSignal } from "@preact/signals";
import type { Site } from "../../protocol/api.ts";
import { Problem } from "../ui/problem.tsx";
import { useOrigins } from "./use-origins.ts";

export function AllowOrigin({ site, origin }: { site: Site; origin: string }) {
	const { send, sending } = useOrigins(site);
	const refusal = useSignal("");
	const allow = async () => {
		refusal.value = await send([...site.origins, origin]);
	};
	return (
		<>
			<button
				type="button"
				class="button button-main check-allow"
				data-allow={origin}
				disabled={sending}
				onClick={allow}
			>
				Allow {origin}
			</button>
			<Problem
				id="allow-problem"
				text={refusal.value === "" ? undefined : `It was not allowed: ${refusal.value}`}
			/>
		</>
	);
}
