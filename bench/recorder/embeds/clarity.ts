// Clarity from its own package with its own settings, but for where and how soon it sends.
import { clarity } from "clarity-js";

const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;

clarity.start({
	...{ projectId: "bench", upload: `${origin}/clarity`, track: true, content: true },
	delay: 500,
});
