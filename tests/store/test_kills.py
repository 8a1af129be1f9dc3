"""What was acknowledged is there, however a writer ends."""

import os
import random
import signal
import time

import pytest

from ii_vendor.store import Record, open_engine

KILLS = 20
"""In each of the databases: with the seeds below 100 on SQLite and 100 on PostgreSQL."""


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_leaves_every_acknowledged_change_and_no_half_of_one(
    database, record, begun, writers, assert_whole, seed
):
    moments, first = random.Random(seed), 0
    for _ in range(KILLS):
        told = len(writers.acknowledged("Amara"))
        process = writers.start(database, begun, "Amara", first=first)
        writers.wait_for_more("Amara", told)
        time.sleep(moments.uniform(0, 0.04))
        os.kill(process, signal.SIGKILL)
        assert writers.wait(process) == -signal.SIGKILL
        found = record.events(begun)
        assert_whole(record, begun)
        saved = writers.saved(found)["Amara"]
        assert saved == list(range(len(saved)))
        assert set(writers.acknowledged("Amara")) <= set(saved)
        # Only the one that was just being written may be there without that its writer was told.
        assert len(saved) - first <= len(writers.acknowledged("Amara")) - told + 1
        first = len(saved)
    assert Record(open_engine(database)).evaluation(begun) == record.evaluation(begun)
