// A rule while it is typed: what is wrong with its pattern, or what it would merge, before anything is
// kept. The preview is the server's own answer, with all the other rules as they are.
import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import type { PageEffect, PageMerge, Site } from "../../protocol/api.ts";
import { parsePageGlob } from "../../protocol/page-glob.ts";
import { useApp } from "../context.ts";
import { Problem } from "../ui/problem.tsx";
import { describeMerge, MergedPages } from "./merged-pages.tsx";
import type { PageRulesEditor } from "./use-page-rules.ts";

const TYPING_MS = 200;
const MOST_RULES = 100;

export function AddRule({ site, editor }: { site: Site; editor: PageRulesEditor }) {
	const { rules } = editor.rules;
	const isFirst = useSignal(false);
	const add = (pattern: string) => {
		const next = isFirst.value ? [pattern, ...rules] : [...rules, pattern];
		return editor.change({ rules: next }, `${pattern} added.`);
	};
	if (rules.length >= MOST_RULES)
		return <p class="page-rules-none">These are all that fit: 100.</p>;
	return (
		<div class="rule-add">
			<h3>Add a rule</h3>
			<RuleForm
				{...{ site, editor }}
				at={isFirst.value ? -1 : rules.length}
				pattern=""
				does="Add the rule"
				onDone={add}
			>
				{rules.length > 0 && (
					<fieldset class="chips">
						<legend class="visually-hidden">Where it stands</legend>
						{[false, true].map((first) => (
							<button
								key={String(first)}
								type="button"
								class="chip"
								aria-pressed={isFirst.value === first}
								onClick={() => {
									isFirst.value = first;
								}}
							>
								{first ? "Before all others" : "After all others"}
							</button>
						))}
					</fieldset>
				)}
			</RuleForm>
		</div>
	);
}

interface RuleFormProps {
	site: Site;
	editor: PageRulesEditor;
	/** Position of the rule that is changed; beyond the others where it is added, -1 before them. */
	at: number;
	pattern: string;
	does: string;
	/** @returns whether it is kept now */
	onDone: (pattern: string) => Promise<boolean>;
	children?: preact.ComponentChildren;
}

export function RuleForm({ site, editor, at, pattern, does, onDone, children }: RuleFormProps) {
	const id = useId();
	const typed = useSignal(pattern);
	const problem = useSignal<string | undefined>(undefined);
	const others = editor.rules.rules.filter((_, position) => position !== at);
	const parsed = parseRule(typed.value, others);
	const submit = async (event: SubmitEvent) => {
		event.preventDefault();
		problem.value = "problem" in parsed ? parsed.problem : undefined;
		if ("pattern" in parsed && (await onDone(parsed.pattern))) typed.value = "";
	};
	// Half a pattern is no mistake yet: only what cannot become one is said while typing.
	const said =
		problem.value ?? (typed.value.length > 1 && "problem" in parsed ? parsed.problem : undefined);
	return (
		<form class="rule-form" onSubmit={submit} noValidate>
			<div class="field">
				<label for={id}>Pattern</label>
				<p class="field-hint" id={`${id}-hint`}>
					<code>:slug</code> stands for one segment of a path, <code>*</code> for anything; a
					pattern without them keeps a page apart from the rules below it.
				</p>
				<div class="rule-line">
					<input
						id={id}
						class="input"
						autocomplete="off"
						autocapitalize="none"
						spellcheck={false}
						placeholder="/product/:slug"
						value={typed.value}
						aria-invalid={said !== undefined}
						aria-describedby={`${id}-hint ${id}-problem`}
						onInput={(event) => {
							typed.value = event.currentTarget.value;
							problem.value = undefined;
						}}
					/>
					<button type="submit" class="button button-main" disabled={editor.sending.value}>
						{does}
					</button>
				</div>
				<Problem id={`${id}-problem`} text={said} />
			</div>
			{children}
			{"pattern" in parsed && <Preview {...{ site, editor, at }} pattern={parsed.pattern} />}
		</form>
	);
}

function parseRule(typed: string, others: readonly string[]) {
	const parsed = parsePageGlob(typed);
	if ("pattern" in parsed && others.includes(parsed.pattern)) {
		return { problem: `${parsed.pattern} is a rule already.` };
	}
	return parsed;
}

interface PreviewProps {
	site: Site;
	editor: PageRulesEditor;
	at: number;
	pattern: string;
}

function Preview({ site, editor, at, pattern }: PreviewProps) {
	const { api } = useApp();
	const effect = useSignal<PageEffect | string | undefined>(undefined);
	const { rules, rejected, effect: now } = editor.rules;
	const next = at < 0 ? [pattern, ...rules] : rules.toSpliced(at, 1, pattern);
	const asked = JSON.stringify({ rules: next, rejected });
	useEffect(() => {
		const stop = new AbortController();
		const timer = setTimeout(async () => {
			const result = await api.previewPageRules(site.id, JSON.parse(asked), stop.signal);
			if (stop.signal.aborted) return;
			effect.value = result.ok ? result.value : result.error.message;
		}, TYPING_MS);
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [api, site.id, asked, effect]);
	const known = effect.value;
	if (typeof known === "string") return <p class="rule-nothing">No preview: {known}</p>;
	const merge = known?.rules.find((each) => each.pattern === pattern);
	if (known === undefined || merge === undefined) {
		return <p class="rule-nothing">Looking which pages fit…</p>;
	}
	return (
		<div class="rule-preview" role="status">
			<p>{describePreview(merge)}</p>
			<MergedPages merge={merge} />
			{known.shown !== now.shown && (
				<p class="rule-nothing">
					{now.shown} pages in the list become {known.shown}.
				</p>
			)}
		</div>
	);
}

function describePreview(merge: PageMerge): string {
	const { members, fits, pattern } = merge;
	if (fits === 0) return "No page that was recorded fits. The rule would wait for some.";
	if (members === 0) {
		const taken = fits === 1 ? "the one page that fits" : `all ${fits} pages that fit`;
		return `Rules above take ${taken}, so this one would do nothing there.`;
	}
	const [what, taken] = [describeMerge(merge), fits - members];
	const rest = taken > 0 ? ` ${taken} more fit, and are taken by rules above.` : "";
	return /[:*]/.test(pattern)
		? `It would make one of ${what}.${rest}`
		: `It would keep apart ${what}.${rest}`;
}
