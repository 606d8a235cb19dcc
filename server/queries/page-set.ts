// Which stored pages are shown as one. Rows keep the page they were stored with; whoever asks for a page
// filters by its members, so that a rule changes old data at once and can be taken back.

export interface PageSets {
	/** The pages whose rows are the page's; at least itself. */
	membersOf(site: number, page: string): Promise<string[]>;
}

export function createPageSets(): PageSets {
	return {
		async membersOf(_, page) {
			return [page];
		},
	};
}
