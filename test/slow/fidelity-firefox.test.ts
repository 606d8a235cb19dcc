// The proof of fidelity in Firefox ESR, recorded and rebuilt there: prove-fidelity.ts.
import { describeWithFirefox } from "../support/suites.ts";
import { proveFidelity } from "./prove-fidelity.ts";

describeWithFirefox("a replay of what is recorded in Firefox", proveFidelity);
