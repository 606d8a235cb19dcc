// Playing as signals: one clock that everything on the screen follows, and the few things one can do.
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Stretch } from "./inactivity.ts";
import type { Stage } from "./stage.ts";

export const SPEEDS: readonly number[] = [0.5, 1, 1.5, 2, 4, 8];
/** Where a jump over inactivity lands before the next thing that happens. */
const LEAD_MS = 300;
const SKIP_SHOWN_MS = 2500;
/** rrweb's clock stops for good when an event throws; then we start it again behind that event. */
const STALLED_MS = 700;

export type PlaybackState = "ready" | "playing" | "ended" | "failed";

export interface Playback {
	readonly state: ReadonlySignal<PlaybackState>;
	/** ms from the session's start. */
	readonly timeMs: ReadonlySignal<number>;
	readonly durationMs: number;
	readonly speed: ReadonlySignal<number>;
	readonly skipInactive: Signal<boolean>;
	/** How much was just jumped over, 0 for nothing. */
	readonly skippedMs: ReadonlySignal<number>;
	toggle(): void;
	pause(): void;
	seek(timeMs: number): void;
	setSpeed(speed: number): void;
	/** Called by the stage when its last event was played. */
	end(): void;
	destroy(): void;
}

export interface PlaybackOptions {
	stage: Stage;
	/** Epoch ms of the session's start. */
	startedAt: number;
	durationMs: number;
	inactivity: readonly Stretch[];
	skipInactive: Signal<boolean>;
	speed: number;
}

export function createPlayback(options: PlaybackOptions): Playback {
	const { stage, startedAt, durationMs, inactivity, skipInactive } = options;
	const state = signal<PlaybackState>("ready");
	const timeMs = signal(0);
	const speed = signal(options.speed);
	const skippedMs = signal(0);
	let frame = 0;
	let moved = { timeMs: -1, at: 0 };
	let skipTimer: ReturnType<typeof setTimeout> | undefined;
	/** Whoever seeks into a quiet stretch wants to see it. */
	let spared: Stretch | undefined;

	const show = (to: number, playing: boolean) => {
		timeMs.value = Math.min(durationMs, Math.max(0, to));
		moved = { timeMs: -1, at: 0 };
		try {
			stage.seek(startedAt + timeMs.value, playing);
			state.value = playing ? "playing" : "ready";
		} catch {
			state.value = "failed";
		}
		if (state.value === "playing") follow();
	};
	const end = () => {
		// rrweb also says "finish" after a paused seek to the end: then nothing was playing.
		if (state.value !== "playing") return;
		timeMs.value = durationMs;
		state.value = "ended";
	};
	const skip = (now: number): boolean => {
		if (!skipInactive.value) return false;
		const stretch = inactivity.find(({ from, to }) => now >= from && now < to - 2 * LEAD_MS);
		if (stretch === undefined || stretch === spared) return false;
		skippedMs.value = stretch.to - now;
		clearTimeout(skipTimer);
		skipTimer = setTimeout(() => {
			skippedMs.value = 0;
		}, SKIP_SHOWN_MS);
		if (stretch.to - startedAt >= durationMs) {
			show(durationMs, false);
			state.value = "ended";
		} else show(stretch.to - startedAt - LEAD_MS, true);
		return true;
	};
	const follow = () => {
		cancelAnimationFrame(frame);
		frame = requestAnimationFrame((at) => {
			if (state.value !== "playing") return;
			const now = stage.now();
			if (skip(now)) return;
			timeMs.value = Math.min(durationMs, Math.max(timeMs.value, now - startedAt));
			if (moved.timeMs !== timeMs.value) moved = { timeMs: timeMs.value, at };
			else if (at - moved.at > STALLED_MS && now - startedAt < durationMs) {
				return show(timeMs.value + 50, true);
			}
			if (now - startedAt >= durationMs + STALLED_MS) return end();
			follow();
		});
	};
	stage.setSpeed(options.speed);
	return {
		state,
		timeMs,
		durationMs,
		speed,
		skipInactive,
		skippedMs,
		toggle() {
			if (state.value === "playing") show(timeMs.value, false);
			else show(state.value === "ended" ? 0 : timeMs.value, true);
		},
		pause: () => state.value === "playing" && show(timeMs.value, false),
		seek(to) {
			const at = startedAt + to;
			spared = inactivity.find((stretch) => at > stretch.from && at < stretch.to);
			show(to, state.value === "playing");
		},
		setSpeed(value) {
			speed.value = value;
			stage.setSpeed(value);
		},
		end,
		destroy() {
			cancelAnimationFrame(frame);
			clearTimeout(skipTimer);
			state.value = "ready";
			stage.destroy();
		},
	};
}
