"""News: who waits hears of every new event, whichever process wrote it, and waiting asks the database nothing."""

import asyncio
import threading

import pytest
import sqlalchemy as sa

from ii_vendor.store import News, Record, open_engine

ENOUGH = 20.0
"""Seconds within which whatever must come has come."""


@pytest.fixture
def engine(database):
    return open_engine(database)


@pytest.fixture
def news(engine):
    """The news of the database, heard from the start."""
    heard = News(engine)
    yield heard
    heard.stop()


@pytest.fixture
def change(engine, begun, rated):
    """Change the evaluation through the engine that the news listens to; gives the new sequence."""
    record = Record(engine)
    return lambda said="said": record.change(begun, "x", lambda _: [rated(said)]).sequence


@pytest.fixture
def change_elsewhere(record, begun, rated):
    """The same through another engine, as another process has one: only the database can pass it on."""
    return lambda said="said": record.change(begun, "x", lambda _: [rated(said)]).sequence


def test_who_comes_later_knows_what_was_before(news, record, begun):
    assert news.wait(begun, 0, ENOUGH) == record.evaluation(begun).sequence


def test_a_change_in_this_process_is_heard_at_once(news, begun, change):
    known = news.wait(begun, 0, ENOUGH)
    assert [change(), news.latest(begun)] == [known + 1, known + 1]


def test_a_change_elsewhere_is_heard(news, begun, change_elsewhere):
    known = news.wait(begun, 0, ENOUGH)
    for step in (1, 2, 3):
        assert change_elsewhere() == known + step
        assert news.wait(begun, known + step - 1, ENOUGH) == known + step


def test_changes_of_another_process_are_heard(news, database, begun, writers):
    known = news.wait(begun, 0, ENOUGH)
    process = writers.start(database, begun, "Amara", most=5)
    assert writers.wait(process) == 0
    assert news.wait(begun, known + 5 * 3 - 1, ENOUGH) == known + 5 * 3


def test_nothing_is_heard_of_a_change_that_was_not_made(news, begun, engine, change_elsewhere):
    def refuse(_):
        raise ValueError

    known = news.wait(begun, 0, ENOUGH)
    with pytest.raises(ValueError):
        Record(engine).change(begun, "x", refuse)
    assert news.wait(begun, known, 0.5) == known
    assert change_elsewhere() == news.wait(begun, known, ENOUGH) == known + 1


def test_hundreds_wait_on_two_loops_without_a_question_to_the_database_and_all_hear(news, begun, engine, change):
    known, asked, answers = news.wait(begun, 0, ENOUGH), [], []
    sa.event.listen(engine, "checkout", lambda *_: asked.append(1))
    waiting = threading.Barrier(3)

    async def listen() -> None:
        listening = [asyncio.ensure_future(news.after(begun, known, ENOUGH)) for _ in range(200)]
        await asyncio.sleep(0)
        await asyncio.to_thread(waiting.wait)
        answers.extend(await asyncio.gather(*listening))

    threads = [threading.Thread(target=asyncio.run, args=(listen(),)) for _ in range(2)]
    for thread in threads:
        thread.start()
    waiting.wait()
    assert asked == []
    change()
    for thread in threads:
        thread.join()
    assert answers == [known + 1] * 400


def test_who_waits_for_what_has_come_already_does_not_wait(news, begun):
    known = news.wait(begun, 0, ENOUGH)
    assert asyncio.run(news.after(begun, known - 1, ENOUGH)) == known


def test_who_waits_in_vain_is_told_so_at_the_timeout_and_forgotten(news, begun):
    known = news.wait(begun, 0, ENOUGH)
    assert asyncio.run(news.after(begun, known, 0.01)) == known
    assert news.wait(begun, known, 0.01) == known
    assert asyncio.run(news.after("no-such-evaluation", 0, 0.01)) == 0
    assert not news._listeners


def test_who_went_away_is_forgotten_and_the_others_hear(news, begun, change):
    known = news.wait(begun, 0, ENOUGH)

    async def listen() -> int:
        gone = asyncio.ensure_future(news.after(begun, known, ENOUGH))
        stays = asyncio.ensure_future(news.after(begun, known, ENOUGH))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.to_thread(change)
        return await stays

    assert asyncio.run(listen()) == known + 1
    assert not news._listeners


def test_news_of_one_evaluation_wake_nobody_who_waits_for_another(news, begun, record, content, change):
    other = record.begin("other", "x", record.events(begun)[0].change, content).id
    known = news.wait(other, 0, ENOUGH)

    async def listen() -> list[int]:
        both = asyncio.gather(news.after(begun, news.latest(begun), ENOUGH), news.after(other, known, 0.5))
        await asyncio.sleep(0)
        await asyncio.to_thread(change)
        return await both

    assert asyncio.run(listen()) == [news.latest(begun), known]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_was_written_while_the_server_restarted_is_heard_afterwards(
    news, begun, change_elsewhere, postgresql_server
):
    known = news.wait(begun, 0, ENOUGH)
    postgresql_server.crash_and_restart()
    assert change_elsewhere() == known + 1
    assert news.wait(begun, known, ENOUGH) == known + 1
    assert change_elsewhere() == known + 2
    assert news.wait(begun, known + 1, ENOUGH) == known + 2


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_news_that_start_while_the_server_is_away_are_heard_once_it_is_there(news, begun, record, postgresql_server):
    known = record.evaluation(begun).sequence
    with postgresql_server.away():
        assert news.wait(begun, 0, 0.2) == 0
    assert news.wait(begun, 0, ENOUGH) == known
