// Pages that take the browser's globals away or put their own in their places.
import { GLOBAL_CASES } from "../recorder/host/global-cases.ts";
import { testHostCases } from "../recorder/host/test-host-cases.ts";

testHostCases(GLOBAL_CASES);
