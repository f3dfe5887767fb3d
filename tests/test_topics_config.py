"""config/topics.toml is read strictly: an error names the file and the entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import ConfigError
from flows.topic_config import load_topics

ALIAS = '[[aliases]]\nlabel = "a"\nmeans = "b"\nreason = "x"\n'
RULE = '[[rules]]\ntopic = "Fire"\nreason = "x"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[aliases]]\nlabel = "Blaze"\nmeans = "Fire"\n', "aliases.0.reason"),
        ('[[aliases]]\nlabel = "Blaze"\nmeans = "Fire"\nreason = ""\n', "aliases.0.reason"),
        ('[[aliases]]\nlabel = "Blaze"\nmean = "Fire"\nreason = "x"\n', "did you mean 'means'"),
        ('[[aliases]]\nlabel = "Blaze"\nmeans = " BLAZE"\nreason = "x"\n', "'Blaze' is an alias of itself"),
        (
            ALIAS + ALIAS.replace('"a"', '"B"').replace('means = "b"', 'means = "c"'),
            "'a' points to 'b', which is an alias",
        ),
        (
            ALIAS + ALIAS.replace('"a"', '"A"').replace('"b"', '"c"'),
            "'A' has two meanings from the beginning on",
        ),
        ('[facets]\nFire = "event"\nfire = "thing"\n', "'fire' and 'Fire' are the same label"),
        ('[parents]\nFire = ["fire"]\n', "'Fire' is its own parent"),
        (
            '[parents]\nSnow = ["Weather"]\nWeather = ["Nature"]\n',
            "'Snow' has the parent 'Weather' and must also list .* nature",
        ),
        ('[parents]\na = ["b"]\nb = ["a"]\n', "must also list|is its own parent"),
        ('[[rules]]\ntopic = "Fire"\nreason = "x"\n', "the rule for 'Fire' needs phrases or patterns"),
        (RULE + 'phrases = ["--"]\n', "'--' has no word"),
        (RULE + 'patterns = ["("]\n', "'\\(' is not a regular expression"),
        (RULE + 'patterns = ["a*"]\n', "'a\\*' is found in every article"),
        (RULE + 'patterns = ["a(?=b)"]\n', "looks around or back"),
        (ALIAS + RULE.replace("Fire", "A") + 'phrases = ["b"]\n', "'A' names an alias: use its target 'b'"),
    ],
)
def test_invalid_config_names_file_and_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "topics.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        load_topics(tmp_path)
    assert "topics.toml" in str(caught.value)


def test_label_can_have_two_dated_aliases(tmp_path: Path) -> None:
    one = '[[aliases]]\nlabel = "a"\nmeans = "b"\nsince = 2020-01-01\nreason = "x"\n'
    (tmp_path / "topics.toml").write_text(one + one.replace("2020", "2022").replace('"b"', '"c"'), "utf-8")
    assert [alias.means for alias in load_topics(tmp_path).aliases] == ["b", "c"]
