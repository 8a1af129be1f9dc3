"""How long it takes to look for contradictions in a whole response, at first and again."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ii_vendor.demo import sample_content, write_workbooks
from ii_vendor.detect import contradictions as module
from ii_vendor.intake import read_responses
from ii_vendor.library import load_library
from ii_vendor.model.content import Content
from ii_vendor.model.response import Response


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, list[Response]]:
    """The sample content and the four sample responses of 39 answers each."""
    content = sample_content(load_library())
    paths = write_workbooks(content, tmp_path_factory.mktemp("books"))
    read = read_responses(paths, content.questionnaires, content.questionnaire_hash)
    return content, [each.response for each in read if each.response]


def test_a_response_seen_for_the_first_time(benchmark: BenchmarkFixture, sample: tuple[Content, list[Response]]):
    content, responses = sample

    def look() -> None:
        module._stated.cache_clear()
        for response in responses:
            module.contradictions(content.signals, response)

    look()
    benchmark.pedantic(look, rounds=5)
    milliseconds = 1000 * benchmark.stats.stats.median / len(responses)
    print(f"\n{milliseconds:.0f} ms a response of {len(responses[0].answers)} answers")


def test_a_response_seen_again(benchmark: BenchmarkFixture, sample: tuple[Content, list[Response]]):
    content, responses = sample
    module.contradictions(content.signals, responses[0])
    benchmark.pedantic(module.contradictions, (content.signals, responses[0]), rounds=20)
    print(f"\n{1000 * benchmark.stats.stats.median:.2f} ms a response")
