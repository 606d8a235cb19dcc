// A page that is only big: `nodes` of its address. Nothing changes once it is there.
import { startPage } from "../live/live-page.ts";
import { createRandom } from "../live/random.ts";
import { createRows } from "../live/rows.ts";

const nodes = Number(new URLSearchParams(location.search).get("nodes"));
const list = document.createElement("div");
list.className = "list";
list.append(createRows(nodes, createRandom(1)));
document.body.append(list);

startPage({ everyMs: 1000, tick() {} });
