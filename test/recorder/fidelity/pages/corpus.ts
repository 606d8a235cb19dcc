// The pages of the proof, in the order of their files.
import { RECORDED_PAGES } from "../../../replay/proof/recorded-pages.ts";
import type { FidelityPage } from "../fidelity-page.ts";
import { filePages } from "./file-pages.ts";
import { frameworkPages } from "./framework-pages.ts";
import { markupPages } from "./markup-pages.ts";
import { stylePages } from "./style-pages.ts";
import { treePages } from "./tree-pages.ts";

export const corpus: readonly FidelityPage[] = [
	...RECORDED_PAGES,
	...stylePages,
	...markupPages,
	...treePages,
	...filePages,
	...frameworkPages,
];
