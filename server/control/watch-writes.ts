// Tells of every write to the control database, whoever makes it: a list of places that have to say so
// themselves would be forgotten by the next one.
import type { KyselyPlugin } from "kysely";

const WRITES = new Set(["InsertQueryNode", "UpdateQueryNode", "DeleteQueryNode"]);

export function watchWrites(onWrite: () => void): KyselyPlugin {
	const running = new WeakSet<object>();
	return {
		transformQuery({ node, queryId }) {
			if (WRITES.has(node.kind)) running.add(queryId);
			return node;
		},
		async transformResult({ result, queryId }) {
			if (running.delete(queryId)) onWrite();
			return result;
		},
	};
}
