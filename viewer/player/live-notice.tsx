// A session that still goes on is shown as far as it has come.
import type { Session } from "../../protocol/api.ts";
import { formatClock } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";

export function LiveNotice({ session, onReload }: { session: Session; onReload: () => void }) {
	return (
		<div class="banner" data-kind="live" role="status">
			<p>
				This visit may still be going on. You see what came until {formatClock(session.endedAt)}.
			</p>
			<button type="button" class="button" onClick={onReload}>
				<Icon name="again" />
				Load what came since
			</button>
		</div>
	);
}
