// How all of ours reaches the server: without credentials, and without the page's address, which may carry
// what its clean URL leaves out.

export function upload(url: string, body: BodyInit, more?: RequestInit): Promise<Response> {
	const privately = { credentials: "omit", referrerPolicy: "strict-origin" } as const;
	return fetch(url, { method: "POST", body, ...privately, ...more });
}
