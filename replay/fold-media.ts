// What plays. rrweb's replayer keeps a state per audio and video element, with the instant of its last
// change; a keyframe has other instants, so the state is moved to its own.
import { type FoldNode, liveOf, type Media, type Page, walk } from "./fold-tree.ts";
import type { Fields } from "./scrub-node.ts";

const MEDIA_INTERACTION = 7;
const PLAY = 0;
const PAUSE = 1;

/** As the replayer reads the media of a snapshot. */
export function readMedia(document: FoldNode, at: number): void {
	for (const node of walk(document)) {
		if (!isMedia(node)) continue;
		const { attributes } = node;
		const has = (name: string) => attributes[name] !== undefined && attributes[name] !== null;
		const state = attributes.rr_mediaState;
		liveOf(node).media = {
			isPlaying: state ? state === "played" : has("autoplay"),
			currentTime: numberOr(attributes.rr_mediaCurrentTime, 0),
			at,
			playbackRate: numberOr(attributes.rr_mediaPlaybackRate, 1),
			volume: numberOr(attributes.rr_mediaVolume, 1),
			muted: booleanOr(attributes.rr_mediaMuted, has("muted")),
			loop: booleanOr(attributes.rr_mediaLoop, has("loop")),
		};
	}
}

/** rrweb's `getMediaStateFromMutation`. */
export function applyMedia(page: Page, data: Fields, at: number): void {
	const node = page.mirror.get(data.id as number);
	if (node === undefined || !isMedia(node)) return;
	const live = liveOf(node);
	const { media } = live;
	const { type, currentTime, playbackRate, volume, muted, loop } = data;
	const has = (name: string) => {
		const value = node.attributes[name];
		return value !== undefined && value !== null;
	};
	live.media = {
		isPlaying: type === PLAY || (type !== PAUSE && (media?.isPlaying || has("autoplay"))),
		currentTime: numberOr(currentTime, media?.currentTime ?? 0),
		at,
		playbackRate: numberOr(playbackRate, media?.playbackRate ?? 1),
		volume: numberOr(volume, media?.volume ?? 1),
		muted: booleanOr(muted, media?.muted ?? !has("muted")),
		loop: booleanOr(loop, media?.loop ?? !has("loop")),
	};
}

export function tailOfMedia(id: number, media: Media, at: number): Fields {
	const { isPlaying, playbackRate, volume, muted, loop } = media;
	const played = isPlaying ? ((at - media.at) / 1000) * playbackRate : 0;
	return {
		source: MEDIA_INTERACTION,
		type: isPlaying ? PLAY : PAUSE,
		id,
		currentTime: media.currentTime + played,
		playbackRate,
		volume,
		muted,
		loop,
	};
}

export function isMedia({ tag, svg }: FoldNode): boolean {
	return (tag === "audio" || tag === "video") && !svg;
}

function numberOr(value: unknown, other: number): number {
	return typeof value === "number" && Number.isFinite(value) ? value : other;
}

function booleanOr(value: unknown, other: boolean): boolean {
	return typeof value === "boolean" ? value : other;
}
