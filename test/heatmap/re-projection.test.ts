// Presses made at one width and shown at another lie on what was pressed; those that cannot be shown are
// counted. Here a part of layouts and widths; `test/slow/re-projection.test.ts` has all of them.
import { proveLayouts } from "./prove-layouts.ts";

proveLayouts({ pressedAt: [1024], shownAt: [390, 1024], every: 20 });
