//! Longer texts, put together from sentences, so that no two read alike.

/// A profile's words.
pub fn about(name: &str, headline: &str) -> String {
    format!(
        "{headline}. I work alone or beside a team of yours, in the open: a branch a day, a note a week.\n\n\
         **How I work**\n\n- a fixed first milestone, so that we can part early\n- questions before estimates\n- what I hand over is documented and tested\n\n\
         Write to {} about anything that is unclear.",
        name.split(' ').next().unwrap_or(name)
    )
}

/// A project's description, around its own first sentence.
pub fn description(place: usize, opening: &str, skills: &str) -> String {
    let have = pick(
        place,
        &[
            "A running system that nobody wants to lose, and two people who know it well.",
            "Drawings, notes of twelve interviews, and a budget that is approved.",
            "A first attempt of last year, which taught us what not to do.",
            "Data of the last three years, clean since spring.",
            "A style guide, a test environment, and access within a day.",
        ],
    );
    let need = pick(
        place / 2,
        &[
            "- a short plan after the first week\n- something to try after the second\n- a hand-over that our own people can work with",
            "- the work itself, in steps of at most two weeks\n- tests for what must not break\n- an hour a week with our team",
            "- options with their prices, before anything is built\n- one finished part, measured\n- the rest by the same pattern",
        ],
    );
    let work = pick(
        place / 3,
        &[
            "We answer within a working day. Decisions are made by two of us, together.",
            "We work from nine to five and do not expect answers at night.",
            "Work is accepted milestone by milestone; each is paid within ten days.",
        ],
    );
    format!("{opening}\n\n### What there is\n\n{have}\n\n### What we need\n\n{need}\n\nUseful: {skills}.\n\n### How we work\n\n{work}")
}

/// A proposal's letter.
pub fn letter(seed: usize, title: &str) -> String {
    let known = pick(
        seed,
        &[
            "I have done this kind of work twice in the last three years, once for a team of your size.",
            "This is what I do most of the year, and what I like best.",
            "Your description is clear, and I know the two places where such work usually goes wrong.",
            "I read your description twice and would begin with the part that carries the most risk.",
        ],
    );
    let plan = pick(
        seed / 2,
        &[
            "The first days go into looking at what is there and writing down what we both mean by done.",
            "I would show something that can be touched after four days, and go on from what your people say.",
            "I work in steps of a week; after each you can stop, and keep what there is.",
        ],
    );
    let end = pick(
        seed / 5,
        &[
            "Happy to talk before you decide.",
            "The price holds whatever the hours turn out to be.",
            "References on request; two of them are in your city.",
        ],
    );
    format!("{known}\n\n{plan}\n\n**{title}** would be my main work while it lasts. {end}")
}

/// An answer to a question.
pub fn answer(seed: usize) -> &'static str {
    pick(
        seed,
        &[
            "Yes. I have done so in my last two contracts and can show the result.",
            "Mostly: about four days a week, mornings always.",
            "I would decide that together with you in the first week; both ways work.",
            "Yes, and I would bring my own tools.",
            "Not yet, but it is close to what I did for the port authority.",
        ],
    )
}

/// One of several, by a number; `texts` is never empty.
pub fn pick<'t>(seed: usize, texts: &[&'t str]) -> &'t str {
    texts.get(seed % texts.len().max(1)).copied().unwrap_or_default()
}
