"""One module for each format of file. They run inside the reading process only, after the guard.

The result of each is made of dicts, lists and text, ready to cross as JSON; ``raw.py`` gives it types on the other
side. A cell is ``[row, column, kind, text, extras]`` with rows and columns from 1 and kind one of ``text``, ``number``,
``truth``, ``date``, ``error``, ``blank``; ``extras`` holds ``formula`` and ``struck`` where there are any.
"""
