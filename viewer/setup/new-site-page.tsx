// The first screen of an empty server, and where “Add a site” leads.
import { NewSiteForm } from "./new-site-form.tsx";

export function NewSitePage() {
	return (
		<div class="screen setup-narrow">
			<div class="screen-head">
				<h1>Add a site</h1>
			</div>
			<p class="setup-intro">
				A site is one website with a key of its own. Next comes the line to put into its pages.
			</p>
			<NewSiteForm />
		</div>
	);
}
