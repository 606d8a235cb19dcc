// The channels by which something private could leave a page, each with a secret of its own, and how much
// of it a site's choice lets through. The page and the steps that put the secrets there are made from this
// table, so that a channel cannot be named and forgotten.
//
// A secret is a word of letters where nothing of a channel may ever be read, a phrase where only a word
// that style sheets select on may pass, and an e-mail address or a token where the text rule decides. What is
// `shown` is by design readable in `balanced`: it is the plain text of the page.

export type Shape = "word" | "phrase" | "mail" | "token";

/** Channel → the shape of its secret. Never told, in any mode. */
export const NEVER = {
	...{
		hiddenValue: "word",
		initialValue: "word",
		typed: "word",
		scriptSet: "word",
		autofilled: "word",
	},
	...{
		area: "word",
		areaTyped: "word",
		password: "word",
		passwordTyped: "word",
		cardTyped: "word",
	},
	...{ radio: "word", checkbox: "word", button: "word", option: "word", optionText: "word" },
	...{
		optionLater: "word",
		fileName: "word",
		edited: "word",
		editedTyped: "word",
		editedLater: "word",
	},
	...{ editedData: "word", editedHref: "word", designed: "word", pasted: "word", dragged: "word" },
	...{ comment: "word", noscript: "word", script: "word", jsonScript: "word", handler: "word" },
	...{ metaContent: "word", metaRefresh: "word", srcdocAttribute: "word", windowName: "word" },
	...{ nonce: "word", cookie: "word", storage: "word", masked: "word", maskedLater: "word" },
	...{ maskedShadow: "word", maskedFrame: "word", maskedTitle: "word", lateMask: "word" },
	...{ lateMaskChild: "word", lateEditable: "word", blocked: "word", blockedAttribute: "word" },
	...{ maskedButton: "word", maskedLabel: "word", closedShadow: "word", maskedSelection: "word" },
	...{ pageQuery: "word", pageHash: "word", pushedQuery: "word", replacedHash: "word" },
	...{ referrerQuery: "word", hrefQuery: "word", srcQuery: "word", srcsetQuery: "word" },
	...{ actionQuery: "word", formactionQuery: "word", pingQuery: "word", cssQuery: "word" },
	...{ cssImport: "word", cssImageSet: "word", styleQuery: "word", ruleQuery: "word" },
	...{ adoptedQuery: "word", baseQuery: "word", posterQuery: "word", objectQuery: "word" },
	...{ svgHrefQuery: "word", mailto: "word", javascript: "word", blobUrl: "word", dataUrl: "word" },
	...{ frameSrcQuery: "word", frameValue: "word", frameHref: "word", shadowValue: "word" },
	...{
		dataAttribute: "phrase",
		ariaAttribute: "phrase",
		customAttribute: "phrase",
		svgAttribute: "phrase",
	},
	...{ nameAttribute: "phrase", testId: "phrase", dataLater: "phrase", idAttribute: "mail" },
	...{ title: "mail", titleLater: "mail", text: "mail", textLater: "token", shadowText: "mail" },
	...{
		frameText: "token",
		customElement: "mail",
		svgText: "mail",
		svgTitle: "mail",
		svgDesc: "token",
	},
	...{
		altText: "mail",
		titleText: "mail",
		placeholderText: "mail",
		ariaLabel: "mail",
		buttonText: "mail",
	},
	...{
		submitValue: "mail",
		pathMail: "mail",
		pathToken: "token",
		consoleError: "mail",
		thrown: "token",
	},
	...{ tableText: "token", preText: "mail", styleContentComment: "mail" },
	...{ splitText: "mail", splitButton: "mail", splitLater: "mail", splitToken: "token" },
	...{ maskedPicture: "word", maskedStyle: "word", editedLabel: "word", editedTitle: "word" },
} as const satisfies Record<string, Shape>;

/** Words in plain text: told in `balanced`, and neither in `strict` nor where the body is masked. */
export const SHOWN = {
	...{ shownText: "word", shownLater: "word", shownTitle: "word", shownAlt: "word" },
	...{ shownPlaceholder: "word", shownAria: "word", shownButton: "word", shownSubmit: "word" },
	...{ shownShadow: "word", shownFrame: "word", shownSvg: "word", shownCustom: "word" },
	...{ shownPressed: "word" },
} as const satisfies Record<string, Shape>;

export type Channel = keyof typeof NEVER | keyof typeof SHOWN;
export type Secrets = Readonly<Record<Channel, string>>;

/** A secret for each channel; no two share what is looked for. */
export function createSecrets(): Secrets {
	const all = { ...NEVER, ...SHOWN };
	const made = Object.entries(all).map(([channel, shape], at) => {
		const word = coreOf(at);
		const secrets: Record<Shape, string> = {
			...{ word, phrase: `Ada ${word} Lovelace`, mail: `${word}@mail.example` },
			token: `${word}8f3k2j9x7q1z5w4v6t`,
		};
		return [channel, secrets[shape]];
	});
	return Object.fromEntries(made) as Secrets;
}

/** The letters of a secret by which it is found, whatever stands around them. */
export function findCore(secret: string): string {
	return /kana[a-j]{3}ri/.exec(secret)?.[0] ?? secret;
}

function coreOf(at: number): string {
	const letters = String(at)
		.padStart(3, "0")
		.replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
	return `kana${letters}ri`;
}

/** Ways in which the same letters may be written in what was sent. */
export function disguisesOf(core: string): string[] {
	const base64 = [0, 1, 2].map((shift) =>
		// Without the first and last letters, which depend on what stands beside.
		Buffer.from(" ".repeat(shift) + core)
			.toString("base64")
			.replace(/=+$/, "")
			.slice(4, -2),
	);
	const hex = Buffer.from(core).toString("hex");
	const escaped = [...core].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join("");
	const percent = hex.replace(/../g, "%$&");
	return [core, [...core].reverse().join(""), hex, escaped, percent, ...base64];
}
