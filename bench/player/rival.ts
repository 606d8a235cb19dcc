// The rival's page: rrweb-player as its documentation uses it, given the whole session.
import "rrweb-player/dist/style.css";
import rrwebPlayer from "rrweb-player";

declare global {
	interface Window {
		rival: rrwebPlayer;
	}
}

const events = new URLSearchParams(location.search).get("events") ?? "";
const response = await fetch(events);
window.rival = new rrwebPlayer({
	target: document.body,
	props: { events: await response.json(), autoPlay: false, width: 1180, height: 740 },
});
