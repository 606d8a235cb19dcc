// The steps from script to session. Each turns green when it happened; one that does not says why not
// and what to do.
import type { Setup, Site } from "../../protocol/api.ts";
import { formatClock, formatExact } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { AllowOrigin } from "./allow-origin.tsx";
import { explainStep, STEP_TITLES } from "./explain-step.ts";

type Step = Setup["steps"][number];

/** Before the first answer the steps stand there already, so that nothing jumps. */
const UNKNOWN = (["script", "chunk", "snapshot", "session"] as const).map(
	(name): Step => ({ name, state: "waiting", at: 0, code: "", message: "" }),
);

interface LiveCheckProps {
	site: Site;
	/** undefined while it is not answered. */
	steps: readonly Step[] | undefined;
}

export function LiveCheck({ site, steps: answered }: LiveCheckProps) {
	const steps = answered ?? UNKNOWN;
	const current = steps.find(({ state }) => state !== "done");
	return (
		<ol class="check" aria-live="polite" aria-busy={answered === undefined}>
			{steps.map((step) => (
				<li
					key={step.name}
					class="check-step"
					data-step={step.name}
					data-state={step.state}
					data-code={step.code}
				>
					<span class="check-mark">
						<StepMark step={step} current={answered !== undefined && step === current} />
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
						{answered && step.state !== "done" && (step === current || step.state === "failed") && (
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
	return current ? <i class="pulse" /> : <Icon name="dot" />;
}

function StepText({ site, step }: { site: Site; step: Step }) {
	const { text, allow } = explainStep(step, site);
	return (
		<div class="check-text">
			<p>{text}</p>
			{step.message !== "" && allow === "" && <p class="check-message">{step.message}</p>}
			{allow !== "" && <AllowOrigin site={site} origin={allow} />}
		</div>
	);
}
