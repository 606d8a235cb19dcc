// The name, drawn as one thread: it runs along, catches, makes a loop, and goes on as the word.

export function Wordmark() {
	return (
		<svg
			width="96"
			height="28"
			viewBox="0 0 96 28"
			fill="none"
			stroke="currentColor"
			stroke-width="2.6"
			stroke-linecap="round"
			stroke-linejoin="round"
			role="img"
			aria-label="Snag"
		>
			<path
				class="thread"
				d="M2 20h3.5c6.5 0 10-4 10-8.4 0-2.9-1.8-4.6-4-4.6s-4 1.7-4 4.6c0 4.4 3.5 8.4 10 8.4H21"
			/>
			<path d="M38.6 10.6c-.9-1.4-2.4-2.1-4.3-2.1-2.5 0-4.3 1.2-4.3 3.1 0 4.6 9 1.7 9 6.3 0 2-1.9 3.1-4.5 3.1-2.2 0-4-.9-4.9-2.5" />
			<path d="M44.6 21V8.6M44.6 14.4c0-3.6 2.2-5.9 5.2-5.9 3.1 0 4.7 2 4.7 5.2V21" />
			<path d="M70.4 8.6V21M70.4 14.75a5.4 6.2 0 1 1-10.8 0 5.4 6.2 0 0 1 10.8 0z" />
			<path d="M86.8 8.6v11.6c0 3.7-2.3 5.5-5.5 5.5-1.9 0-3.5-.6-4.6-1.7M86.8 14.75a5.4 6.2 0 1 1-10.8 0 5.4 6.2 0 0 1 10.8 0z" />
		</svg>
	);
}
