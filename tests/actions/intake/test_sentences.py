"""Where a sentence ends."""

import pytest

from actions.intake.sentences import spans


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("We act. They act.", ["We act.", "They act."]),
        ("Some, e.g. Mr. Reed and J. Smith, came.", ["Some, e.g. Mr. Reed and J. Smith, came."]),
        ("Misuse etc. There are many.", ["Misuse etc.", "There are many."]),
        ("It fell from 4.2 to 1.9 (June 23). Good.", ["It fell from 4.2 to 1.9 (June 23).", "Good."]),
        ("They said ‘We cope.’ We asked.", ["They said ‘We cope.’", "We asked."]),
        ("See No. 4 and para. 12 there; Then stop.", ["See No. 4 and para. 12 there; Then stop."]),
        ("The answer was no. We wrote.", ["The answer was no.", "We wrote."]),
        ("Is it safe? Yes! 89% said so.", ["Is it safe?", "Yes!", "89% said so."]),
        ("no stop at all", ["no stop at all"]),
    ],
)
def test_a_paragraph_is_cut_where_a_reader_would(words: str, sentences: list[str]) -> None:
    assert [words[start:end] for start, end in spans(words)] == sentences
