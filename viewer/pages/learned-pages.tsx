// What was learned of the pages, to be made a rule or rejected, and what was rejected, to be taken back.
import type { ComponentChildren } from "preact";
import type { PageMerge } from "../../protocol/api.ts";
import { describeMerge, MergedPages } from "./merged-pages.tsx";
import type { PageRulesEditor } from "./use-page-rules.ts";

export function LearnedPages({ editor }: { editor: PageRulesEditor }) {
	const { rules, rejected, effect } = editor.rules;
	const accept = (pattern: string) =>
		editor.change({ rules: [...rules, pattern] }, `${pattern} is a rule now.`);
	const reject = (pattern: string) =>
		editor.change({ rejected: [...rejected, pattern] }, `${pattern} is no longer merged.`);
	const takeBack = (pattern: string) =>
		editor.change(
			{ rejected: rejected.filter((other) => other !== pattern) },
			`${pattern} is merged again.`,
		);
	return (
		<section class="page-rules-part" aria-labelledby="learned-title">
			<h2 id="learned-title">Learned</h2>
			<p class="page-rules-hint">
				Where 30 pages or more differ in one segment and half of them were viewed five times at
				most, they are taken for one kind. What a page says of itself, with <code>snag.page()</code>
				, stays.
			</p>
			{effect.learned.length === 0 && (
				<p class="page-rules-none">Nothing was learned: no pages are so many and so alike.</p>
			)}
			<ul class="rules">
				{effect.learned.map((merge) => (
					<LearnedRow key={merge.pattern} merge={merge}>
						<LearnedButton does="Make it a rule" of={merge} onPress={accept} />
						<LearnedButton does="Keep apart" of={merge} onPress={reject} />
					</LearnedRow>
				))}
			</ul>
			{effect.rejected.length > 0 && (
				<>
					<h3>Kept apart</h3>
					<ul class="rules">
						{effect.rejected.map((merge) => (
							<LearnedRow key={merge.pattern} merge={merge}>
								<LearnedButton does="Merge again" of={merge} onPress={takeBack} />
							</LearnedRow>
						))}
					</ul>
				</>
			)}
		</section>
	);
}

function LearnedRow({ merge, children }: { merge: PageMerge; children: ComponentChildren }) {
	return (
		<li class="rule" data-learned={merge.pattern}>
			<div class="rule-head">
				<code class="rule-pattern">{merge.pattern}</code>
				<span class="rule-buttons">{children}</span>
			</div>
			<details class="rule-pages">
				<summary>{describeMerge(merge)}</summary>
				<MergedPages merge={merge} />
			</details>
		</li>
	);
}

interface LearnedButtonProps {
	does: string;
	of: PageMerge;
	onPress: (pattern: string) => void;
}

function LearnedButton({ does, of, onPress }: LearnedButtonProps) {
	return (
		<button type="button" class="button" onClick={() => onPress(of.pattern)}>
			{does}
			<span class="visually-hidden"> {of.pattern}</span>
		</button>
	);
}
