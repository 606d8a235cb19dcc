// The steps from script to session. Each turns green when it happened; one that does not says why not
// and what to do.
import type { Setup, Site } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";
import { formatClock, formatExact } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { explainStep, STEP_TITLES } from "./explain-step.ts";

type Step = Setup["steps"][number];

export function LiveCheck({ site, steps }: { site: Site; steps: readonly Step[] }) {
	const current = steps.find(({ state }) => state !== "done");
	return (
		<ol class="check" aria-live="polite">
			{steps.map((step) => (
				<li
					key={step.name}
					class="check-step"
					data-step={step.name}
					data-state={step.state}
					data-code={step.code}
				>
					<span class="check-mark">
						<StepMark step={step} current={step === current} />
					</span>
					<div>
						<p class="check-title">
							{STEP_TITLES[step.name]}
							{step.state === "done" && step.at > 0 && (
								<time dateTime={new Date(step.at).toISOString()} title={formatExact(step.at)}>
									{formatClock(step.at)}
								</time>
							)}
						</p>
						{step.state !== "done" && (step === current || step.state === "failed") && (
							<StepText site={site} step={step} />
						)}
					</div>
				</li>
			))}
		</ol>
	);
}

function StepMark({ step, current }: { step: Step; current: boolean }) {
	if (step.state === "done") return <Icon name="check" />;
	if (step.state === "failed") return <Icon name="cross" />;
	return current ? <i class="check-pulse" /> : <Icon name="dot" />;
}

function StepText({ site, step }: { site: Site; step: Step }) {
	const { text, action } = explainStep(step, site);
	return (
		<div class="check-text">
			<p>{text}</p>
			{step.message !== "" && <p class="check-message">{step.message}</p>}
			{action === "add-site" && (
				<a class="button" href={formatRoute({ name: "new-site" })}>
					Add a site with this origin
				</a>
			)}
		</div>
	);
}
