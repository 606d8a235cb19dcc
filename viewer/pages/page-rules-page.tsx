// Which pages are shown as one, each kind with one map: the rules of the site, in order, and what was
// learned. Nothing that was recorded is changed by them, which is why every change is made at once and
// can be undone.
import { useCallback } from "preact/hooks";
import type { PageRules, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { formatAgo, formatExact, plural } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { ErrorCard } from "../ui/state-card.tsx";
import { useAnswer } from "../ui/use-answer.ts";
import { LearnedPages } from "./learned-pages.tsx";
import { AddRule } from "./rule-form.tsx";
import { RuleList } from "./rule-list.tsx";
import { type PageRulesEditor, usePageRules } from "./use-page-rules.ts";

export function PageRulesPage({ site }: { site: Site }) {
	const { api } = useApp();
	const ask = useCallback((stop: AbortSignal) => api.readPageRules(site.id, stop), [api, site.id]);
	const [answer, again] = useAnswer(ask);
	if (answer.state === "waiting")
		return <div class="screen" data-state="loading" aria-busy="true" />;
	if (answer.state === "failed") return <ErrorCard error={answer.error} onRetry={again} />;
	return <Editor site={site} read={answer.value} />;
}

function Editor({ site, read }: { site: Site; read: PageRules }) {
	const editor = usePageRules(site, read);
	const { stored, shown } = editor.rules.effect;
	return (
		<div class="screen page-rules" data-state="ready">
			<a class="crumb" href={formatRoute({ name: "heatmaps", site: site.id })}>
				<Icon name="left" />
				Heatmaps
			</a>
			<div class="screen-head">
				<h1>Pages shown as one</h1>
				{stored > 0 && (
					<p>
						{plural(stored, "page")} recorded, {shown} shown
					</p>
				)}
			</div>
			<p class="page-rules-intro">
				A hundred products are one page to a designer: a rule gives all pages that fit its pattern
				one line in the list and one map. What was recorded stays as it was, so a rule also counts
				for visits of before, and can be taken back.
			</p>
			<LastChange editor={editor} />
			<div class="page-rules-columns">
				<section class="page-rules-part" aria-labelledby="rules-title">
					<h2 id="rules-title">Rules</h2>
					{editor.rules.rules.length > 0 ? (
						<RuleList site={site} editor={editor} />
					) : (
						<p class="page-rules-none">
							No rules yet. Numbers and ids in a path need none: <code>/order/1207</code> is{" "}
							<code>/order/:id</code> already.
						</p>
					)}
					<AddRule site={site} editor={editor} />
				</section>
				<LearnedPages editor={editor} />
			</div>
		</div>
	);
}

function LastChange({ editor }: { editor: PageRulesEditor }) {
	const { version, changedAt, changedBy, before } = editor.rules;
	const undo = () => editor.change(before, "Undone.");
	const who = changedBy === "token" ? "by a program" : "in the viewer";
	return (
		<>
			<p class="page-rules-change" role="status">
				{version > 0 && (
					<>
						<span title={formatExact(changedAt)}>
							{editor.done.value || `Last changed ${who}, ${formatAgo(changedAt, Date.now())}.`}
						</span>
						<button type="button" class="button button-plain" onClick={undo}>
							<Icon name="again" />
							{editor.done.value === "Undone." ? "Do it again" : "Undo"}
						</button>
					</>
				)}
			</p>
			{editor.problem.value !== "" && (
				<p class="banner" data-kind="bad" role="alert">
					{editor.problem.value}
				</p>
			)}
		</>
	);
}
