// Datadog's browser package with session replay of every session; a proxy of the site's own is where all
// of it goes.
import { datadogRum } from "@datadog/browser-rum";

const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;

datadogRum.init({
	...{ applicationId: "bench", clientToken: "bench", service: "bench", site: "datadoghq.com" },
	proxy: ({ path }) => `${origin}/datadog${path}`,
	sessionSampleRate: 100,
	sessionReplaySampleRate: 100,
	defaultPrivacyLevel: "mask-user-input",
});
datadogRum.startSessionReplayRecording({ force: true });
