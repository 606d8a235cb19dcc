// The server alone, without the demo shop.
import { runProcess } from "./process.ts";

await runProcess();
