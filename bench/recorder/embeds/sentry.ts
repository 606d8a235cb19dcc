// Sentry's browser package with session replay of every session. Texts and media are recorded, as the
// others do; its worker compresses, as it does unless told otherwise.
import { init, replayIntegration } from "@sentry/browser";

const { host } = new URL((document.currentScript as HTMLScriptElement).src);

init({
	dsn: `http://bench@${host}/1`,
	replaysSessionSampleRate: 1,
	replaysOnErrorSampleRate: 0,
	integrations: [replayIntegration({ maskAllText: false, blockAllMedia: false })],
});
