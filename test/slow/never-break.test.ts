// Pages that take the browser's globals away, freeze them, or put their own in their places.
import { FROZEN_CASES } from "../recorder/host/call-cases.ts";
import { GLOBAL_CASES } from "../recorder/host/global-cases.ts";
import { testHostCases } from "../recorder/host/test-host-cases.ts";

testHostCases([...GLOBAL_CASES, ...FROZEN_CASES]);
