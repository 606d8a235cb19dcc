// A page that is changed at random, by a seed.
import type { FidelityPage } from "../fidelity-page.ts";

const STEPS = 18;
const CHANGES = 12;

export function randomPage(seed: number): FidelityPage {
	return {
		name: `seed ${seed}`,
		html: "<main id=root><p>start</p><div><ul><li>a<li>b</ul></div></main>",
		steps: [
			`window.change = live.createMutations(${seed}, root)`,
			...Array.from({ length: STEPS }, () => `await change(${CHANGES})`),
		],
	};
}
