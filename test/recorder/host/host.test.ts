// Pages that do what pages should not, and pages that rely on what a recorder could break. Those that take
// the browser's globals away, and most of those that freeze them, are in `test/slow/never-break.test.ts`.
import { CALL_CASES, FROZEN_CASES } from "./call-cases.ts";
import { DOCUMENT_CASES } from "./document-cases.ts";
import { testHostCases } from "./test-host-cases.ts";

testHostCases([...CALL_CASES, ...FROZEN_CASES.slice(0, 1), ...DOCUMENT_CASES]);
