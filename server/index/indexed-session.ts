// A session as the index has it: what heat rows and episodes are made of (`session-facts.ts` reads it).

/** Times are epoch ms; what a kind does not have is 0 or "". */
export interface IndexedFact {
	session: string;
	stream: string;
	sequence: number;
	part: number;
	position: number;
	tab: string;
	kind: number;
	at: number;
	view: number;
	path: string;
	page: string;
	title: string;
	reached: string;
	document_width: number;
	document_height: number;
	viewport_width: number;
	viewport_height: number;
	element: number;
	x: number;
	y: number;
	document_x: number;
	document_y: number;
	layer: string;
	pointer: string;
	hover_ms: number;
	approach_ms: number;
	hints: number;
	state: string;
	visible: number;
	how: string;
	/** JSON: the fields of the tuple that have no column, "" for none. */
	data: string;
}

export interface IndexedElement {
	stream: string;
	element: number;
	key: string;
	candidates: string;
	tag: string;
	role: string;
	text: string;
	repeatable: number;
}

export interface IndexedSession {
	site: number;
	day: string;
	session: string;
	browser: string;
	os: string;
	device: string;
	language: string;
	automated: number;
	/** Each once. */
	facts: readonly IndexedFact[];
	elements: readonly IndexedElement[];
}
