// What facts say of fields, errors, requests and forms, with something private in every one of them.
import { afterEach, expect, test } from "vitest";
import { FACT_ERROR, FACT_FIELD, FACT_REQUEST, FACT_SUBMIT } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake, textOf } from "../intake.ts";

const PAGE = `<!doctype html><html lang="en"><head><title>Form for canarytitle@mail.example</title>
<meta name="csrf-token" content="canarymeta"><style>.a { background: url("/x.png?t=canarycss") }</style>
{{script}}<noscript><img src="/pixel?t=canarynoscript"></noscript></head><body>
<!-- canarycomment -->
<h1>control-heading</h1>
<form action="/send?t=canaryaction"><input type="hidden" name="token" value="canaryhidden">
<input id="text" value="canaryinitial"><input id="password" type="password" value="canarypassword">
<input type="radio" name="colour" value="canaryradio" checked>
<input id="tick" type="checkbox" name="tick" value="canarycheckbox">
<input type="date" value="2001-02-03"><input type="number" value="987654">
<button value="canarybutton" formaction="/f?t=canaryformaction" type="button">control-button</button>
<select id="select"><option value="canaryoption1">canarychoice1</option>
<option id="second" value="canaryoption2">canarychoice2</option></select>
<textarea id="area">canaryarea</textarea></form>
<div id="edit" contenteditable="true">canaryeditable <b>canarybold</b></div>
<p data-snag-mask>canarymask</p><div data-snag-block data-x="canaryblockattribute">canaryblock</div>
<a href="/a?t=canaryhref#canaryhash" ping="/p?canaryping" onclick="use('canaryhandler')">control-link</a>
<img alt="" src="/i.png?t=canarysrc" srcset="/i.png?t=canarysrcset 1x, /j.png?t=canarysrcset 2x">
<div id="styled" style="background: url(/s.png?t=canarystyle)" data-src="http://x.test/?t=canarydata"></div>
<iframe id="frame" srcdoc="<p>control-frame</p><input value='canaryframe'><a href='/?t=canaryframehref'>x</a>"></iframe>
<div id="host"></div><div id="added"></div>
<script>
const root = document.getElementById("host").attachShadow({ mode: "open" });
root.innerHTML = "<p>control-shadow</p><input value='canaryshadow'>";
const sheet = new CSSStyleSheet();
sheet.replaceSync(".b { background: url('/y.png?t=canaryadopted') }");
document.adoptedStyleSheets = [sheet];
const canaryscript = 1;
</script></body></html>`;

let intake: Intake;

afterEach(() => intake.close());

describeWithBrowser("facts of a page with secrets", (browser) => {
	test("facts say of fields, errors, requests and forms that they were, and nothing of what was in them", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			await page.type("#text", "canarycopied");
			await page.keyboard.press("KeyA", { commands: ["SelectAll"] });
			await page.keyboard.press("KeyC", { commands: ["Copy"] });
			for (const id of ["#password", "#area", "#edit"]) {
				await page.focus(id);
				await page.keyboard.press("KeyV", { commands: ["Paste"] });
			}
			await page.evaluate(goWrong);
			await page.evaluate(() => document.forms[0]?.requestSubmit());
			await waitFor(() => textOf(intake.accepted).includes('"unload"'), { what: "the last words" });
		});
		const text = textOf(intake.accepted);
		expect(text.match(/canary\w*/g)).toBeNull();
		const facts = intake.accepted.flatMap((received) => received.facts);
		const codes = new Set(facts.map(([code]) => code));
		for (const code of [FACT_FIELD, FACT_SUBMIT, FACT_ERROR, FACT_REQUEST]) {
			expect(codes).toContain(code);
		}
		const pastes = facts.flatMap((fact) =>
			fact[0] === FACT_FIELD && fact[9] > 0 ? [fact[11]] : [],
		);
		expect(pastes.length).toBeGreaterThanOrEqual(3);
		// Of a secret only that there is something.
		expect(pastes.every((length) => length === 3 || length === 1)).toBe(true);
		expect(pastes).toContain(1);
	});
});

/** Runs in the page, as a script of its own: what a debugger runs is nobody's error. */
async function goWrong(): Promise<void> {
	const script = document.createElement("script");
	script.textContent = `
		setTimeout(() => { throw new Error('Bad value "canaryquoted value" from https://x.test/a?t=canaryerrorurl') });
		Promise.reject(new Error('Unexpected token, "{"name":"canaryjson"}" is not valid JSON'));
		Promise.reject({ message: "canaryrejected" });
		Promise.reject("canary@mail.example cannot be reached");
		new Image().src = "/broken.png?t=canaryresource";
		document.body.append(Object.assign(new Image(), { src: "/broken.png?t=canaryresource" }));`;
	document.body.append(script);
	await fetch("/api/canary@mail.example?t=canaryrequest#canaryrequesthash").catch(() => {});
	await new Promise<void>((done) => {
		const request = new XMLHttpRequest();
		request.open("POST", "//user:canarycredentials@localhost:1/api?t=canarycrossorigin");
		request.onloadend = () => done();
		request.send("canarybody");
	});
}
