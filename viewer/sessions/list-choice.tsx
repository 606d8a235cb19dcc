// What the list of sessions has: all of them, or those that met friction, of one kind or any, the worst first.
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { Select } from "../ui/select.tsx";
import { nameSignal, OFFERED_KINDS } from "../ui/signal-words.ts";
import { StateCard } from "../ui/state-card.tsx";
import type { FrictionList } from "./session-list.ts";

interface ListChoiceProps {
	site: string;
	list: FrictionList | undefined;
}

const NEWEST = "newest";
const ANY = "any";

export function ListChoice({ site, list }: ListChoiceProps) {
	const { navigation } = useApp();
	const choose = (value: string) => {
		const page = list?.page ?? "";
		const kind = value === ANY ? "" : value;
		navigation.go({
			...{ name: "sessions", site },
			...(value !== NEWEST && { list: { sort: "friction", kind, page } }),
		});
	};
	const value = list === undefined ? NEWEST : list.kind || ANY;
	return (
		<Select label="Which sessions" value={value} onChange={choose}>
			<option value={NEWEST}>Newest first</option>
			<option value={ANY}>Most friction first</option>
			<optgroup label="Only with">
				{OFFERED_KINDS.map((kind) => (
					<option key={kind} value={kind}>
						{nameSignal(kind)}
					</option>
				))}
			</optgroup>
		</Select>
	);
}

export function NoFriction({ site, list }: ListChoiceProps) {
	const what = list === undefined || list.kind === "" ? "friction" : nameSignal(list.kind);
	return (
		<StateCard
			title={`No visit with ${what.toLowerCase()}`}
			icon="check"
			actions={
				<a class="button" href={formatRoute({ name: "sessions", site })}>
					All sessions
				</a>
			}
		>
			<p>What visitors run into is found while they are there, and appears here by itself.</p>
		</StateCard>
	);
}
