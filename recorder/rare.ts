// What few pages need, in a file that only those load: the recorder's own hash where the browser has none, and
// pictures of canvases where a site wants them. One file for both, because its name and its hash stand in the
// core, which every page loads, and cost more there than what a page of the one kind loads of the other.
export { hashByHand } from "./assets/hash-by-hand.ts";
export { watchCanvases } from "./capture/dom/canvases.ts";
