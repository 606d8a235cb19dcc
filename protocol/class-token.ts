// Which part of a class token its author wrote, so that it is there after the next build: `card-title`
// of `card-title`, `Home_main__` of `Home_main__nLjiQ`, nothing of `css-1a2b3c`, of `kAGNlw`, and of what
// says a state (`is-active`). To drop every token with a digit would lose `col-md-6`; to ask for words of
// a dictionary loses `btn-lg` and `MuiButton-root`. Judged by test/samples/class-tokens.json.

/**
 * What a tool makes of the content (emotion, styled-components, styled-jsx, Svelte, Astro, React Native,
 * JSS), and what is there while something is open, chosen or on its way.
 */
const GONE =
	/^(?:(?:css|sc|jsx|svelte|emotion|astro|r)-|jss\d)|(?:^|[-_])(?:active|open|hover|loading|focus(?:-?visible)?|(?:select|check|disabl|expand|exit)ed|(?:enter|leave)(?:-to)?)$/i;
/**
 * A name and what is no word: a hash and a count (`_title_1ab2c_8`), of four characters behind `_`, of five behind `-`, where fewer are a size. Words are joined as people join them,
 * with a number before or behind.
 */
const WORDS = /(?=.*[aeiouy])\d*[A-Z]?[a-z]{2,}(?:-?[A-Z]?[a-z]{2,})*\d?$|\d+$/.source;
const HASHED = new RegExp(
	`^(?:(.+-)\\d+-\\d+-\\d+|(_.+_)[^_]{5,6}_\\d+|(.*?_+)(?!${WORDS})[^_]{4,8}|(.*-|)(?!${WORDS})\\w{5,8})$`,
);

/** @returns the token, its beginning up to a hash (which ends in `-` or `_`), or "" */
export function stableClass(token: string): string {
	if (GONE.test(token)) return "";
	const parts = HASHED.exec(token);
	const begin = parts ? parts.slice(1).join("") : token;
	return parts && !/[a-z]{2}/i.test(begin) ? "" : begin;
}
