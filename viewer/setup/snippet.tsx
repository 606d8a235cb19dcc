// The one line that a site needs.
import type { Site } from "../../protocol/api.ts";
import { CopyButton } from "../ui/copy-button.tsx";

export function Snippet({ site }: { site: Site }) {
	const text = createSnippet(location.origin, site.key);
	return (
		<section class="setup-card">
			<h2>Put this line into every page of {site.name}</h2>
			<p>
				Anywhere in <code>{"<head>"}</code>. It loads beside the page and never holds it up.
			</p>
			<div class="setup-snippet">
				<pre>
					<code data-snippet>{text}</code>
				</pre>
				<CopyButton label="Copy" class="button-main" text={() => text} />
			</div>
		</section>
	);
}

export function createSnippet(origin: string, key: string): string {
	return `<script async src="${origin}/snag.js" data-site="${key}"></script>`;
}
