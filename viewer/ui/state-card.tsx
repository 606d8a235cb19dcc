// What stands where the data would be: while it loads, when there is none, when it cannot be had.
import type { ComponentChildren } from "preact";
import type { ApiError } from "../api.ts";
import { explainError } from "./explain-error.ts";
import { Icon, type IconName } from "./icon.tsx";

interface StateCardProps {
	title: string;
	icon?: IconName;
	kind?: "calm" | "bad";
	/** Level of the title: a state that fills the screen carries its h1. */
	level?: 1 | 2;
	children?: ComponentChildren;
	actions?: ComponentChildren;
}

export function StateCard({ title, icon, kind = "calm", level = 1, ...rest }: StateCardProps) {
	const Title = level === 1 ? "h1" : "h2";
	return (
		<section class="state" data-kind={kind} role={kind === "bad" ? "alert" : undefined}>
			{icon && (
				<span class="state-icon">
					<Icon name={icon} size={28} />
				</span>
			)}
			<Title>{title}</Title>
			<div class="state-text">{rest.children}</div>
			{rest.actions && <div class="state-actions">{rest.actions}</div>}
		</section>
	);
}

interface ErrorCardProps {
	error: ApiError;
	level?: 1 | 2;
	onRetry: () => void;
	children?: ComponentChildren;
}

export function ErrorCard({ error, level, onRetry, children }: ErrorCardProps) {
	const { title, text } = explainError(error);
	return (
		<StateCard
			title={title}
			icon="warn"
			kind="bad"
			level={level}
			actions={
				<>
					<button type="button" class="button button-main" onClick={onRetry}>
						<Icon name="again" />
						Try again
					</button>
					{children}
				</>
			}
		>
			<p>{text}</p>
			<p class="state-code">
				<code>{error.code || error.status}</code> {error.message}
			</p>
		</StateCard>
	);
}
