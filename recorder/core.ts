// The recorder itself, which the loader fetches once it knows that this page is recorded. As a script or
// as a module, it only says that it is here.
import type { Global } from "./loader.ts";
import { recordPage } from "./record.ts";

(window as Global).snag?.core?.(recordPage);
