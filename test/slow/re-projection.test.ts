// All layouts, pressed at each of eight widths and shown at each of them, and after a deploy.
import { proveLayouts } from "../heatmap/prove-layouts.ts";

const WIDTHS = [360, 390, 768, 1024, 1280, 1440, 1680, 1920];

proveLayouts({ pressedAt: WIDTHS, shownAt: WIDTHS, deploysAll: true });
