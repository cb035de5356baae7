"""Practice in a real browser: a session by keyboard, another try from a turn, the debrief; and by voice."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.test_accessibility import NARROW, WIDE, violations

START = "/practice/start/grey-sofa?seed=3"
GOOD = (
    "I'm sorry about the wrong colour. What is your order number?",
    "You sound disappointed, and after nine weeks that is no wonder.",
    "So you ordered Moss, waited nine weeks, and Harbour Grey came. Is that right?",
    "This stays with me now; I will see it through and ring you on the 13th.",
    "I can have a fitter change the covers to Moss at your home on the 12th, any time after ten.",
    "I will ring you on the 13th to check that it is right.",
    "Is there anything else that is still open for you?",
    "Goodbye.",
)
BAD = "Calm down, there is nothing I can do."
DEAF = "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
HEARS = """
window.webkitSpeechRecognition = class extends EventTarget {
  start() {
    const results = [[{ transcript: "What is your order number?" }]];
    const result = Object.assign(new Event("result"), { results });
    setTimeout(() => { this.dispatchEvent(result); this.dispatchEvent(new Event("end")); });
  }
  stop() {}
  abort() {}
};
delete window.SpeechRecognition;
window.said = [];
const speechSynthesis = Object.assign(new EventTarget(), {
  getVoices: () => [{ lang: "en-GB", localService: true }],
  speak: (utterance) => {
    said.push(utterance.text);
    utterance.dispatchEvent(Object.assign(new Event("boundary"), { charIndex: 30 }));
    if (said.length === 2) utterance.dispatchEvent(new Event("end"));
  },
  cancel() {}, pause() {}, resume() {},
});
Object.defineProperty(window, "speechSynthesis", { value: speechSynthesis });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""


def begin(page: Page) -> None:
    page.goto(START)
    page.get_by_label("Icily polite").check()
    page.get_by_label("Easy").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator("form[data-htmx-powered] #words")).to_be_focused()
    page.wait_for_load_state()


def say(page: Page, number: int, words: str) -> None:
    page.locator("#words:focus").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(f"#c-{number}")).to_be_visible()


def is_sound(page: Page) -> None:
    """Narrow and dark, axe finds nothing serious, and nothing is over the side."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)


def test_a_session_by_keyboard_another_try_and_the_debrief(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(site, "mara", at="/practice/runs", viewport=WIDE)
    before = page.locator(".my-runs li").count()
    page.goto(START)
    is_sound(page)
    begin(page)
    page.keyboard.press("Escape")
    page.evaluate("htmx.ajax('GET', '/promises/badge', '#promises-badge')")
    expect(page.locator("#words")).not_to_be_focused()
    page.keyboard.press("h")
    expect(page.locator(".hint")).to_contain_text("Name the feeling")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#go-on")).to_be_focused()
    page.keyboard.press("Enter")
    is_sound(page)
    expect(page.locator("#words")).to_be_focused()
    for number, words in enumerate(GOOD, 1):
        say(page, number, words)
        if page.locator("[data-over]").count():
            break
    expect(page.locator("[data-over]")).to_contain_text("Settled")
    expect(page.locator("#to-debrief")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="from frustrated to calm")).to_be_visible()
    expect(page.locator(".bends")).to_contain_text("Sorry for something specific")
    expect(page.locator(".lines")).to_contain_text("−5")
    expect(page.locator(".moments-that-mattered li")).to_have_count(3)
    is_sound(page)
    page.get_by_label("What worked").fill("the apology")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("What worked")).to_have_value("the apology")
    first = page.locator(".big").inner_text()

    page.get_by_role("button", name="Try again from here turn 2").last.click()
    expect(page.locator(".said .agent")).to_have_count(1)
    say(page, 2, BAD)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".bends")).to_contain_text("Hotter")
    expect(page.locator(".moment.hotter .instead")).to_be_visible()
    page.get_by_role("link", name="Compare with your first course").click()
    expect(page.get_by_text("The first course ended cooler.")).to_be_visible()
    expect(page.locator(".ends .big").first).to_have_text(first)
    expect(page.locator(".besides li").first).to_contain_text(BAD)
    is_sound(page)
    page.get_by_role("link", name="Your runs").click()
    expect(page.locator(".my-runs li")).to_have_count(before + 2)
    is_sound(page)


def test_by_voice_where_the_browser_can_and_plainly_where_it_cannot(
    site: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page(site, "mara", at="/sign-in")
    page.add_init_script(HEARS)
    begin(page)
    page.get_by_role("button", name="Voice").click()
    voice = page.get_by_role("dialog", name="By voice")
    expect(voice).to_contain_text("Coolhead gets no sound and keeps none")
    voice.get_by_label("Read the customer's words aloud").check()
    voice.get_by_label("Speak my answers").check()
    voice.get_by_label("Send when I stop speaking").check()
    page.keyboard.press("Escape")
    with page.expect_request("**/say") as sent:
        page.keyboard.press("Alt+v")
    assert "let_say=30" in (sent.value.post_data or ""), "the customer was still speaking"
    expect(page.locator("#a-1")).to_contain_text("What is your order number?")
    heard = page.locator("#c-1 > p").inner_text()
    page.wait_for_function("words => said.at(-1) === words", arg=heard)
    page.add_init_script(DEAF)
    page.reload()
    page.get_by_role("button", name="Voice").click()
    expect(voice).to_contain_text("This browser cannot turn speech into words")
    expect(voice.get_by_label("Speak my answers")).to_be_disabled()
