"""Many who write to one evaluation at once, from several processes: nothing is lost, doubled or refused."""

import pytest

PANEL = [f"Evaluator-{number}" for number in range(20)]


@pytest.mark.parametrize("processes", [2, 5])
def test_twenty_who_write_from_several_processes_lose_and_double_nothing(
    database, record, begun, writers, assert_whole, processes
):
    each = len(PANEL) // processes
    started = [
        writers.start(database, begun, *PANEL[first : first + each], seconds=1) for first in range(0, len(PANEL), each)
    ]
    assert [writers.wait(process) for process in started] == [0] * processes
    assert_whole(record, begun)
    saved = writers.saved(record.events(begun))
    assert saved == {writer: writers.acknowledged(writer) for writer in saved}
    assert set(saved) == set(PANEL)
