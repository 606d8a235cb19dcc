// ListObjectsV2 over a list of keys: a pure function, because paging across common prefixes is
// where imitations of S3 go wrong.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

export interface ListingQuery {
	prefix: string;
	/** Empty for none. */
	delimiter: string;
	/** Only what sorts after this key, or after everything below this common prefix, is listed. */
	after: string;
	maxKeys: number;
}

export interface Listing {
	keys: string[];
	commonPrefixes: string[];
	/** Where the next page goes on; undefined on the last page. */
	next: string | undefined;
}

export function listKeys(keys: Iterable<string>, query: ListingQuery): Listing {
	const { prefix, delimiter, after, maxKeys } = query;
	const listing: Listing = { keys: [], commonPrefixes: [], next: undefined };
	let last = "";
	for (const key of [...keys].sort(compareBytes)) {
		if (!key.startsWith(prefix)) continue;
		const group = findGroup(key, prefix, delimiter);
		const entry = group ?? key;
		// A page may end with a common prefix: the next one goes on after all keys below it.
		const isListed = entry === last || (group !== undefined && group === after);
		if (isListed || compareBytes(key, after) <= 0) continue;
		if (listing.keys.length + listing.commonPrefixes.length === maxKeys) {
			return { ...listing, next: last };
		}
		(group === undefined ? listing.keys : listing.commonPrefixes).push(entry);
		last = entry;
	}
	return listing;
}

function findGroup(key: string, prefix: string, delimiter: string): string | undefined {
	if (!delimiter) return undefined;
	const end = key.indexOf(delimiter, prefix.length);
	return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

/** S3 sorts by UTF-8 bytes; JavaScript's `<` compares UTF-16 units. */
function compareBytes(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
