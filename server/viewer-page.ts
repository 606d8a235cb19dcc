// Which of the viewer's pages answers a path, and what its browser should ask for at once. A replay waits
// for the viewer's script, then for the sites, then for the manifest; named in a header, all three are
// asked for together.

const REPLAY_PATH = /^\/sites\/(\d{1,10})\/sessions\/([0-9a-f-]{36})$/;

export interface ViewerPage {
	file: "index.html" | "replay.html";
	/** Value of the `Link` header. */
	link: string | undefined;
}

export function findViewerPage(path: string): ViewerPage {
	const replay = REPLAY_PATH.exec(path);
	if (replay === null) return { file: "index.html", link: undefined };
	const [, site, session] = replay;
	const asked = ["/api/v1/sites", `/api/v1/sites/${site}/sessions/${session}`];
	// As the viewer's own requests are made, else they would be made twice.
	const link = asked.map((each) => `<${each}>; rel=preload; as=fetch; crossorigin=anonymous`);
	return { file: "replay.html", link: link.join(", ") };
}
