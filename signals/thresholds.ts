// Every number that decides something, with its unit, why it is so and where it comes from; the version of the
// detectors (`detect.ts`) changes with any of them. "Natural presses" are 69,425 presses of routine work with a
// mouse, in 65 recorded sessions of the Balabit Mouse Dynamics Challenge: what fires there fires on habit.

// --- Responses

/** Up to here an answer feels immediate enough to keep one's thought (Nielsen 1993, Usability Engineering, ch. 5). */
export const PROMPT_MS = 1000;
/** Nothing within this, and the press is dead: a slow click by the documentation of Sentry, 2.5 s by PostHog's. */
export const DEAD_MS = 3000;
/** Later than this nobody takes it for an answer; Sentry's documentation gives up then, and so does our recorder. */
export const SLOW_MS = 7000;
/** A request that began later was not asked for by the press: handlers run within it. */
export const ASK_MS = 1000;
/** A page that goes out of sight this soon has opened something; PostHog's documentation has the same. */
export const OPEN_MS = 1000;
/** An attempt to send follows its press at once. */
export const SUBMIT_MS = 500;
/** Requests so often at an even pace are polling; what fewer are nobody can tell from chance. */
export const POLL_COUNT = 4;
/** Share by which the steps of a poll may differ from their median: timers of busy pages are late. */
export const POLL_SLACK = 0.25;
/** A page that comes next in the tab this soon after an unload is where the press led. */
export const NEXT_PAGE_MS = 10_000;
/** What had gathered is told when a page goes: what comes so late behind is a visitor who is still there. */
export const LAST_WORDS_MS = 500;

// --- Rage

/** Between two presses. Of natural presses, bursts of 3 within 1 s (DataDog's documented second) were 18 in 1,000. */
export const RAGE_GAP_MS = 800;
/** Two are a double click: 122 in 1,000 natural presses. */
export const RAGE_COUNT = 3;
/** CSS px. Where an element was exchanged meanwhile, its place must do; a hand at rest stays within it. */
export const RAGE_RADIUS_PX = { mouse: 24, touch: 32, pen: 24, key: 0 } as const;
/** At most so many of the presses may have been answered; one in three is chance. */
export const RAGE_ANSWERED_SHARE = 1 / 3;
/** A longer burst on what answers is abnormal only beyond this and beyond what is usual there. */
export const RAGE_ABNORMAL_COUNT = 5;
/** Bursts that must be known before their 99th percentile says what is usual: 1 in 100 of 200 is two bursts. */
export const RAGE_BURSTS = 200;
/** Where so many sessions press again and again and are answered, it is meant to be. */
export const REPEATABLE_SHARE = 0.2;
/** Sessions: the Wilson interval of 20 % of 50 is 11 to 33 %. */
export const REPEATABLE_SESSIONS = 50;
/** Presses at which a burst is certain: the fifth is nobody's habit (1 in 100 natural presses, within 2 s and 30 px). */
export const RAGE_SURE_COUNT = 5;

/** Activations by the keyboard: key repeat is left out by the recorder, so that these are strokes. */
export const RAGE_KEYS = 4;
export const RAGE_KEYS_MS = 2000;

// --- Dead, disabled, static, slow

/** One press on a disabled control is a slip; two within this are a question. */
export const DISABLED_WINDOW_MS = 10_000;
/** Whoever leaves this soon after a press on a disabled control left because of it, as far as anybody can tell. */
export const DISABLED_LEAVE_MS = 10_000;
/** A press so soon after the page came to the front was meant for the window. */
export const FRONT_MS = 1000;
/** A press that takes the focus from a field is meant for that: blur follows the down at once. */
export const BLUR_MS = 150;
/** CSS px from either edge of the screen: there a finger that is drawn sideways goes back in the browser's history. */
export const EDGE_PX = 24;
/** From here on slowness weighs most: halfway to the ten seconds that lose a visitor (Nielsen 1993, ch. 5). */
export const SLOWEST_MS = 5000;

// --- Errors

/** An error so soon after a press came of it. */
export const ERROR_MS = 1000;
/** The same error so shortly before the press came of something else. */
export const ERROR_FRESH_MS = 10_000;
/** HTTP status from which an answer is a refusal (RFC 9110, 15.5). */
export const HTTP_REFUSED = 400;
/** Statuses that applications probe with (RFC 9110, 15.5.2 and 15.5.4). */
export const HTTP_PROBES: readonly number[] = [401, 403];

// --- Hesitation

/** Robust standard deviations over what is usual: with 20 values known, 1 in 100 usual ones is beyond (simulated). */
export const UNUSUAL_Z = 2.5;
/** Where the weight ends to grow. */
export const VERY_UNUSUAL_Z = 4;
/** Of natural presses 1 in 20 has a longer pause than 1.4 s before it. */
export const HESITATION_MS = 1500;
/** A finger does not hover: what counts is how long nothing was done, and some of it is reading. */
export const TOUCH_HESITATION_MS = 3000;
/** Reading a label and moving a hand to the keyboard take longer. */
export const FIELD_HESITATION_MS = 2000;
/** Shorter times are a matter of the device: half of the natural pauses are below 78 ms. */
export const LEAST_MS = 50;
/** Longer, and somebody was away: what such a time is made of nobody can tell. */
export const IDLE_MS = 30_000;
/** Other times of the person that weigh as much as no offset at all: a person's median of fewer is noise. */
export const PERSON_COUNT = 5;
/** Standard deviations of ln ms: below it a population would be more even than one person is. */
export const SIGMA_FLOOR = 0.35;

// --- Pointer, scrolling, navigation

/** Turns within 2.5 s; natural work has 0.46 of these in an active hour, of 6 within 2 s three times as many. */
export const THRASH_TURNS = 8;
/** A mouse is shaken to wake the screen. */
export const WAKE_MS = 2000;
/** Seconds behind stays in which a press shows that they were a choice. */
export const DITHER_PRESS_MS = 30_000;
/** Where so many views have stays like these, they are how the element is used: menus and hints open under a pointer. */
export const DITHER_SHARE = 0.2;
/** Turns within ten seconds; of 598 readers of a text 2.9 in 100 had so many (readability_scroll, Gooding et al. 2021). */
export const HUNT_TURNS = 4;
/** The window of the scroll fact. */
export const HUNT_MS = 10_000;
/** Who has so many presses among the turns was taken there by them: a table of contents, a list of results. */
export const HUNT_PRESSES = 2;
/** CSS px by which a pressed element had moved; half a line of text is not enough to miss it. */
export const SHIFT_PX = 16;
/** Changes within this of an input are the visitor's own: 500 ms in Layout Instability (WICG), and a press lasts. */
export const OWN_SHIFT_MS = 1000;
/** The vital fact of a shift follows its press within this: the recorder waits 150 ms for the browser's entries. */
export const SHIFT_TOLD_MS = 500;
/** From the wrong tap to its undoing. */
export const UNDO_MS = 4000;
/** CSS px from one tap to the next: the middle of a neighbour of the target size of WCAG 2.1, 2.5.5. */
export const NEIGHBOUR_PX = 44;
/** Zoomed in and out so often within the window. */
export const ZOOM_CYCLES = 2;
export const ZOOM_WINDOW_MS = 20_000;
/** Percent of the layout from which it is a zoom: text of 14 px is then 17. */
export const ZOOMED_PERCENT = 120;
/** Who is back before this saw the first screen and no more. A choice; `quarterMs` of a page is the better one. */
export const QUICK_BACK_MS = 7000;
/** Faster is a redirect. */
export const REDIRECT_MS = 300;
/** Where so many come back at once, the list is read by opening it. */
export const POGO_SHARE = 0.4;
export const RELOADS = 2;
export const RELOAD_WINDOW_MS = 60_000;
/** Where so many views are reloads, people come for what is new there. A choice. */
export const RELOAD_SHARE = 0.2;
/** A reload so soon after trouble is an answer to it. */
export const RELOAD_AFTER_MS = 15_000;
export const LOOP_VISITS = 3;
export const LOOP_VIEWS = 10;
/** Pages that are visited so often in half of the sessions are hubs. */
export const HUB_VISITS = 3;

// --- Forms

/** Deletions, and their share of what was typed: a typo is one or two. */
export const DELETIONS = 5;
export const DELETED_SHARE = 0.5;
/** Twice emptied and filled again: once is changing one's mind. */
export const REFILLS = 2;
/** Browsers put the caret into the first field that they refuse, a moment before it is told; nobody was there. */
export const REFUSED_FOCUS_MS = 200;
/** Fields of one form in which something was written: a single one may be a search or a code. */
export const BEGUN_FIELDS = 2;
/** Attempts at which the same field was refused, and failed attempts of one form. */
export const FIELD_REFUSALS = 2;
export const FORM_FAILURES = 3;
/** Poor is above 500 ms (web.dev, Interaction to Next Paint). */
export const SLOW_INPUT_MS = 500;
/** From the down of a press to its click, where a hand takes its time. */
export const INPUT_MS = 1000;

// --- Episodes

/** Signals further apart are two incidents. */
export const EPISODE_GAP_MS = 5000;
/** CSS px: what lies closer is one place to the visitor. */
export const EPISODE_RADIUS_PX = 100;
/** A replay starts so much earlier: what went before explains. */
export const PREROLL_MS = 5000;
/** Help that is asked for this soon was asked for because of it. */
export const HELP_MS = 60_000;
/** Power of what is left of the severity when help was asked for: small ones grow by about as much. */
export const HELP_FACTOR = 1.3;
/** Share of an episode's severity that counts for its session: one terrible moment is not the whole visit. */
export const SESSION_SHARE = 0.6;
