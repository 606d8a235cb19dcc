/** @jsxImportSource react */
// React takes over markup that a server wrote, with a list of ids that were made there and comments
// between texts.
import { useId, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server.browser";
import { createItems, createPlace, openApp, shuffle } from "./open-app.ts";

function Field({ label }: { label: string }) {
	const id = useId();
	const [count, setCount] = useState(0);
	return (
		<p>
			<label htmlFor={id}>
				{label} {count} {"times"}
			</label>
			<button id={id} type="button" onClick={() => setCount(count + 1)}>
				{count === 0 ? "first" : `again, ${count}`}
			</button>
		</p>
	);
}

let turn: (by: number) => void = () => undefined;

function Page() {
	const [order, setOrder] = useState(0);
	turn = setOrder;
	return (
		<section>
			{shuffle(createItems(8), order).map(({ id, name }) => (
				<Field key={id} label={name} />
			))}
			{order > 2 && <footer>{[..."end"]}</footer>}
		</section>
	);
}

const place = createPlace();
place.innerHTML = renderToString(<Page />);
hydrateRoot(place, <Page />);
openApp({ turn: (by: number) => turn(by) });
