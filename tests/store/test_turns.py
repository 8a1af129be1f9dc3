"""Turns: a lock that is held by one thread at a time, and given in the order in which it was asked for."""

import threading

from ii_vendor.store.turns import Turns


def test_threads_get_it_in_the_order_in_which_they_asked():
    turns, order, threads = Turns(), [], []

    def take(number: int) -> None:
        with turns:
            order.append(number)

    with turns:
        for number in range(50):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns._waiting) <= number:
                pass
        assert order == []
    for thread in threads:
        thread.join()
    assert order == list(range(50))


def test_a_thread_that_has_it_may_take_it_again_and_others_wait_until_it_is_done():
    turns, done = Turns(), []

    def take() -> None:
        with turns:
            done.append("other")

    with turns:
        other = threading.Thread(target=take)
        other.start()
        with turns:
            pass
        while not turns._waiting:
            pass
        done.append("first")
    other.join()
    assert done == ["first", "other"]


def test_an_error_inside_passes_it_on():
    turns = Turns()
    try:
        with turns:
            raise ValueError
    except ValueError:
        pass
    with turns:
        assert not turns._waiting
