// What is pasted to sign in → the token in it.

/** The token alone or the whole link, as people paste it. */
export function findToken(text: string): string {
	const trimmed = text.trim();
	return /[?&]token=([^&#\s]+)/.exec(trimmed)?.[1] ?? trimmed;
}
