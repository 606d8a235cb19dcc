// The rules in their order, since the first that fits a page decides: each with what it merges, to be
// moved, changed and removed in place.
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { PageMerge, Site } from "../../protocol/api.ts";
import { Icon } from "../ui/icon.tsx";
import { describeMerge, MergedPages } from "./merged-pages.tsx";
import { RuleForm } from "./rule-form.tsx";
import type { PageRulesEditor } from "./use-page-rules.ts";

type Move = "up" | "down";

export function RuleList({ site, editor }: { site: Site; editor: PageRulesEditor }) {
	const { rules, effect } = editor.rules;
	const list = useRef<HTMLOListElement>(null);
	const moved = useRef<{ pattern: string; to: Move } | undefined>(undefined);
	useLayoutEffect(() => {
		// A row that is put elsewhere loses the focus; at an end, the other button has it.
		if (moved.current === undefined) return;
		const { pattern, to } = moved.current;
		moved.current = undefined;
		const row = list.current?.querySelector(`[data-rule="${CSS.escape(pattern)}"]`);
		const buttons = [to, to === "up" ? "down" : "up"].map((name) =>
			row?.querySelector<HTMLButtonElement>(`[data-move="${name}"]:enabled`),
		);
		buttons.find((button) => button != null)?.focus();
	}, [rules]);
	const move = async (pattern: string, to: Move) => {
		const at = rules.indexOf(pattern);
		const next = rules.toSpliced(at, 1).toSpliced(to === "up" ? at - 1 : at + 1, 0, pattern);
		moved.current = { pattern, to };
		await editor.change({ rules: next }, `${pattern} moved ${to}.`);
	};
	return (
		<ol class="rules" ref={list}>
			{effect.rules.map((merge, at) => (
				<RuleRow
					key={merge.pattern}
					{...{ site, editor, merge }}
					canMove={{ up: at > 0, down: at < rules.length - 1 }}
					onMove={(to) => move(merge.pattern, to)}
				/>
			))}
		</ol>
	);
}

interface RuleRowProps {
	site: Site;
	editor: PageRulesEditor;
	merge: PageMerge;
	canMove: Record<Move, boolean>;
	onMove: (to: Move) => void;
}

function RuleRow({ site, editor, merge, canMove, onMove }: RuleRowProps) {
	const editing = useSignal(false);
	const { pattern, members, fits } = merge;
	const { rules } = editor.rules;
	const at = rules.indexOf(pattern);
	const remove = () => editor.change({ rules: rules.toSpliced(at, 1) }, `${pattern} removed.`);
	const replace = async (typed: string) => {
		if (typed === pattern) return true;
		return editor.change({ rules: rules.with(at, typed) }, `${pattern} is ${typed} now.`);
	};
	return (
		<li class="rule" data-rule={pattern}>
			<div class="rule-head">
				<span class="rule-number">{at + 1}</span>
				<code class="rule-pattern">{pattern}</code>
				<span class="rule-buttons">
					{(["up", "down"] as const).map((to) => (
						<button
							key={to}
							type="button"
							class="button button-plain button-icon"
							data-move={to}
							disabled={!canMove[to]}
							aria-label={`Move ${pattern} ${to}`}
							title={`Move ${to}`}
							onClick={() => onMove(to)}
						>
							<Icon name={to} />
						</button>
					))}
					<button
						type="button"
						class="button button-plain"
						aria-expanded={editing.value}
						onClick={() => {
							editing.value = !editing.value;
						}}
					>
						{editing.value ? "Cancel" : "Edit"}
						<span class="visually-hidden"> {pattern}</span>
					</button>
					<button
						type="button"
						class="button button-plain button-icon"
						aria-label={`Remove ${pattern}`}
						title="Remove"
						onClick={remove}
					>
						<Icon name="cross" />
					</button>
				</span>
			</div>
			{editing.value ? (
				<RuleForm
					{...{ site, editor, at }}
					pattern={pattern}
					does="Save"
					onDone={async (typed) => {
						const isDone = await replace(typed);
						if (isDone) editing.value = false;
						return isDone;
					}}
				/>
			) : members === 0 ? (
				<p class="rule-nothing">
					{fits > 0
						? "Rules above take all pages that fit: move it up, or remove it."
						: "No page that was recorded fits."}
				</p>
			) : (
				<details class="rule-pages">
					<summary>
						{describeMerge(merge)}
						{fits > members && <span> ({fits - members} more fit, taken by rules above)</span>}
					</summary>
					<MergedPages merge={merge} />
				</details>
			)}
		</li>
	);
}
