// A unique word in every place from which something private could leave, and one in a place from which
// it must: whatever arrives is searched for them.
import type { Page } from "puppeteer-core";
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

describeWithBrowser("privacy in a real page", (browser) => {
	test("nothing typed, chosen, hidden or in a query arrives, and what is to arrive does", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(`${intake.page("/")}?t=canarypagequery#canarypagehash`);
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			await change(page);
			await page.goto(intake.page("/away"));
			await waitFor(() => textOf(intake.accepted).includes("control-last"), {
				what: "the changes",
			});
			expect(problems).toEqual([]);
		});
		const text = textOf(intake.accepted);
		expect(text.match(/canary\w*/g)).toBeNull();
		expect(text).not.toMatch(/2001-02-03|987654/);
		const controls = ["heading", "button", "link", "frame", "shadow", "added", "last"];
		for (const control of controls) expect(text).toContain(`control-${control}`);
		expect(text).not.toContain("SCRIPT_PLACEHOLDER");
		expect(intake.accepted.at(-1)?.envelope.dropped).toEqual({ events: 0, chunks: 0, errors: 0 });
	});

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
		expect(pastes.every((length) => length === 3)).toBe(true);
	});

	test("showing a password writes nothing to the page", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			const names = await page.$eval("#password", async (input) => {
				input.setAttribute("type", "text");
				await new Promise((resolve) => setTimeout(resolve));
				return input.getAttributeNames();
			});
			expect(names).toEqual(["id", "type", "value"]);
		});
	});

	test("a visitor who sends Global Privacy Control is not recorded and nothing is stored", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.evaluateOnNewDocument(() => {
				Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
			});
			await page.goto(intake.page("/"));
			const stored = await page.evaluate(() => {
				const snag = (window as { snag?: { start(): void } }).snag;
				snag?.start();
				return [typeof snag, localStorage.length, sessionStorage.length, document.cookie];
			});
			expect(stored).toEqual(["object", 0, 0, ""]);
			await page.goto(intake.page("/away"));
		});
		expect([...intake.accepted, ...intake.refused]).toEqual([]);
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

async function change(page: Page): Promise<void> {
	await page.type("#text", "canarytyped");
	await page.type("#password", "canarypasswordtyped");
	await page.type("#area", "canaryareatyped");
	await page.type("#edit", "canaryeditabletyped");
	await page.select("#select", "canaryoption2");
	await page.click("#tick");
	await page.evaluate(() => {
		const find = (id: string) => document.getElementById(id) as HTMLInputElement;
		find("password").setAttribute("type", "text");
		find("text").setAttribute("value", "canaryattribute");
		find("area").textContent = "canaryareachanged";
		find("second").textContent = "canarychoicechanged";
		find("edit").append("canaryeditableadded");
		(find("edit").lastChild as Text).data = "canaryeditablechanged";
		find("styled").style.backgroundImage = "url(/z.png?t=canarystylechanged)";
		find("added").innerHTML =
			'<p>control-added</p><input type="hidden" value="canaryaddedhidden"><a href="/?t=canaryaddedhref">x</a>' +
			"<select><option selected>canaryaddedoption</option></select><p contenteditable>canaryaddededitable</p>";
		const sheet = document.styleSheets[0] as CSSStyleSheet;
		sheet.insertRule(".c { background: url('/r.png?t=canaryrule') }");
		history.pushState(null, "", "/route?t=canaryroute#canaryroutehash");
		document.title = "canary@mail.example";
		getSelection()?.selectAllChildren(find("edit"));
		document.body.append("control-last");
	});
}
