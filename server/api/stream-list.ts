// A long JSON list, sent while it is still being read: nobody holds all of it.
import { Readable } from "node:stream";

/**
 * Waits for the first piece, so that what fails at once is still answered as an error; what fails later
 * ends the connection, and the list is not whole.
 */
export async function streamList(pieces: AsyncGenerator<unknown[]>): Promise<Readable> {
	const first = await pieces.next();
	return Readable.from(encodeList(first, pieces), { objectMode: false });
}

async function* encodeList(
	first: IteratorResult<unknown[]>,
	pieces: AsyncGenerator<unknown[]>,
): AsyncGenerator<string> {
	let separator = "[";
	try {
		for (let next = first; !next.done; next = await pieces.next()) {
			if (next.value.length === 0) continue;
			yield separator + JSON.stringify(next.value).slice(1, -1);
			separator = ",";
		}
		yield separator === "[" ? "[]" : "]";
	} finally {
		// Who asked may have gone.
		await pieces.return(undefined);
	}
}
