// The proof of fidelity in Chromium; what is proved and how to ask for a part of it: prove-fidelity.ts.
import { describeWithBrowser } from "../support/suites.ts";
import { proveFidelity } from "./prove-fidelity.ts";

describeWithBrowser("a replay of what is recorded", proveFidelity);
