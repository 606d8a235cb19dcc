// A page with a secret in every channel, and what is done to it while it is recorded.
import type { Page } from "puppeteer-core";
import type { Secrets } from "./canaries.ts";

/** @param body attributes of the body */
export function writePage(s: Secrets, body = ""): string {
	return `<!doctype html><html lang="en"><head><base href="/?t=${s.baseQuery}">
<title>${s.shownTitle} for ${s.title}</title><meta name="csrf-token" content="${s.metaContent}">
<meta http-equiv="refresh" content="9999;url=/?t=${s.metaRefresh}">
<style nonce="${s.nonce}">@import "/i.css?t=${s.cssImport}"; /* ${s.styleContentComment} */
.a { background: url("/x.png?t=${s.cssQuery}") } .i { background: image-set("/y.png?t=${s.cssImageSet}" 1x) }</style>
{{script}}<noscript><img src="/pixel?t=${s.noscript}"></noscript></head><body ${body}>
<!-- ${s.comment} --><h1>${s.shownText}</h1><p id="text">Write to ${s.text} now</p>
<form action="/send?t=${s.actionQuery}"><input type="hidden" name="token" value="${s.hiddenValue}">
<input id="field" value="${s.initialValue}" name="${s.nameAttribute}" placeholder="${s.shownPlaceholder} ${s.placeholderText}">
<input id="script"><input id="auto" autocomplete="name">
<input id="password" type="password" value="${s.password}"><input id="card" autocomplete="cc-number">
<input type="radio" name="colour" value="${s.radio}" checked><input id="tick" type="checkbox" value="${s.checkbox}">
<button value="${s.button}" formaction="/f?t=${s.formactionQuery}" type="button" id="press">${s.shownPressed} ${s.buttonText}</button>
<input type="submit" value="${s.shownSubmit} ${s.submitValue}"><input type="file" id="file">
<select id="select"><option value="a">First</option><option id="option" value="${s.option}">${s.optionText}</option></select>
<textarea id="area">${s.area}</textarea></form>
<div id="edit" contenteditable="true">${s.edited} <b data-mention="${s.editedData}">x</b><button id="mention" aria-label="${s.editedLabel}">x</button><button id="chip" title="${s.editedTitle}"></button><a href="/${s.editedHref}">x</a></div>
<p data-snag-mask id="masked" title="${s.maskedTitle}" aria-label="${s.maskedLabel}">${s.masked} <i id="selected">${s.maskedSelection}</i>
<img alt="" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text>${s.maskedPicture}</text></svg>">
<i style='background: url("data:image/svg+xml,<svg><text>${s.maskedStyle}</text></svg>")'></i><input type="submit" value="${s.maskedButton}"><span id="mhost"></span><iframe id="mframe"></iframe></p>
<div data-snag-block data-x="${s.blockedAttribute}">${s.blocked}</div>
<p>Write to ${s.splitText.replace("@", "<!-- -->@<!-- -->")}</p><p id="splitlater"></p>
<button id="split">${s.splitButton.replace("@", "<wbr>@")}</button><button id="splittoken"></button>
<p id="late">${s.lateMask} <b>${s.lateMaskChild}</b></p><p id="editlater">${s.lateEditable}</p>
<a href="/a?t=${s.hrefQuery}" ping="/p?${s.pingQuery}" onclick="use('${s.handler}')">x</a>
<a href="mailto:${s.mailto}@mail.example">x</a><a href="javascript:use('${s.javascript}')">x</a>
<a href="/u/${s.pathMail}/orders">x</a><a href="/reset/${s.pathToken}">x</a>
<img alt="${s.shownAlt} ${s.altText}" title="${s.titleText}" src="/i.png?t=${s.srcQuery}" srcset="/j.png?t=${s.srcsetQuery} 2x">
<img id="blob" alt="" src="blob:http://x.test/${s.blobUrl}"><iframe src="data:text/html,${s.dataUrl}"></iframe>
<video poster="/v.png?t=${s.posterQuery}"></video><object data="/o.png?t=${s.objectQuery}"></object>
<div id="styled" style="background: url(/s.png?t=${s.styleQuery})" data-user="${s.dataAttribute}" aria-details="${s.ariaAttribute}"
 owner="${s.customAttribute}" data-testid="${s.testId}">x</div><p id="${s.idAttribute}" aria-label="${s.shownAria} ${s.ariaLabel}">x</p>
<button>${s.shownButton}</button><table><tr><td>${s.tableText}</td></tr></table><pre>a
 ${s.preText}</pre><iframe id="frame" srcdoc="<p>${s.shownFrame} ${s.frameText} ${s.srcdocAttribute.slice(0, 0)}</p><input value='${s.frameValue}'><a href='/?t=${s.frameHref}'>x</a>"></iframe>
<iframe srcdoc="<!-- ${s.srcdocAttribute} -->"></iframe><iframe src="/framed?t=${s.frameSrcQuery}"></iframe>
<svg owner="${s.svgAttribute}" viewBox="0 0 9 9"><title>${s.svgTitle}</title><desc>${s.svgDesc}</desc>
<text>${s.shownSvg} ${s.svgText}</text><use href="/icons.svg?t=${s.svgHrefQuery}#cart"/></svg>
<my-element>${s.shownCustom} ${s.customElement}</my-element><div id="host"></div><div id="closed"></div><div id="drop">x</div>
<script type="application/json">{"a":"${s.jsonScript}"}</script><script>
document.cookie = "a=${s.cookie}"; localStorage.a = "${s.storage}"; window.name = "${s.windowName}";
splittoken.append(...${JSON.stringify([s.splitToken.slice(0, 12), s.splitToken.slice(12)])});
customElements.define("my-element", class extends HTMLElement {});
const root = host.attachShadow({ mode: "open" });
root.innerHTML = "<p>${s.shownShadow} ${s.shadowText}</p><input value='${s.shadowValue}'>";
closed.attachShadow({ mode: "closed" }).innerHTML = "${s.closedShadow}";
mhost.attachShadow({ mode: "open" }).innerHTML = "${s.maskedShadow}";
mframe.contentDocument.body.innerHTML = "<p>${s.maskedFrame}</p>";
const sheet = new CSSStyleSheet();
sheet.replaceSync(".b { background: url('/y.png?t=${s.adoptedQuery}') }");
document.adoptedStyleSheets = [sheet];
const secret = "${s.script}";
</script></body></html>`;
}

/** Marks that come at once, before anything was sent. */
export function raiseOnceRecorded(): boolean {
	if ((window as { snag?: { reason?: string } }).snag?.reason !== "") return false;
	const find = (id: string) => document.getElementById(id) as HTMLElement;
	find("late").setAttribute("data-snag-mask", "");
	find("editlater").contentEditable = "true";
	return true;
}

/** What a visitor and the page do. */
export async function actOn(page: Page, s: Secrets): Promise<void> {
	await page.type("#field", s.typed);
	await page.type("#password", s.passwordTyped);
	await page.type("#card", s.cardTyped);
	await page.type("#area", s.areaTyped);
	await page.type("#edit", s.editedTyped);
	await page.select("#select", s.option);
	await page.click("#tick");
	for (const id of ["press", "split", "splittoken", "mention", "chip"]) await page.click(`#${id}`);
	await page.evaluate(changePage, s);
}

function changePage(s: Secrets): void {
	const find = (id: string) => document.getElementById(id) as HTMLInputElement;
	find("password").setAttribute("type", "text");
	find("script").value = s.scriptSet;
	find("auto").value = s.autofilled;
	find("auto").dispatchEvent(new Event("change", { bubbles: true }));
	find("area").append(s.areaTyped);
	find("option").textContent = s.optionLater;
	find("edit").append(s.editedLater);
	find("masked").append(s.maskedLater);
	find("splitlater").append(...s.splitLater.split(/(?=@)|(?<=@)/));
	find("text").textContent = `${s.shownLater} Bearer ${s.textLater}`;
	find("styled").dataset.user = s.dataLater;
	find("styled").style.backgroundImage = `url(/z.png?t=${s.styleQuery})`;
	const { sheet } = document.querySelector("style") as HTMLStyleElement;
	sheet?.insertRule(`.c { background: url('/r.png?t=${s.ruleQuery}') }`, sheet.cssRules.length);
	const chosen = new DataTransfer();
	chosen.items.add(new File(["x"], `${s.fileName}.txt`));
	find("file").files = chosen.files;
	find("file").dispatchEvent(new Event("change", { bubbles: true }));
	getSelection()?.selectAllChildren(find("selected"));
	const clipboardData = new DataTransfer();
	clipboardData.setData("text/plain", s.pasted);
	find("edit").dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
	const dataTransfer = new DataTransfer();
	dataTransfer.setData("text/plain", s.dragged);
	find("drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
	const inside = (find("frame") as unknown as HTMLIFrameElement).contentDocument;
	if (inside) {
		inside.designMode = "on";
		inside.body.append(s.designed);
	}
	history.pushState(null, "", `/pushed?t=${s.pushedQuery}`);
	history.replaceState(null, "", `/pushed#${s.replacedHash}`);
	document.title = s.titleLater;
	console.error(`no mail for ${s.consoleError}`);
	setTimeout(() => {
		throw new Error(`Bearer ${s.thrown}`);
	});
	document.body.append("control-last");
}
