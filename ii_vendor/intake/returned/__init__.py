"""Our own response workbook as it comes back: which question each cell answers, whatever happened to it on the way.

``response`` reads a whole workbook: ``sections`` finds the sheet of each section, ``places`` the row of each question,
``section_answers`` reads them (``row_answers`` a list, ``flow_answers`` a table whose columns are the questions), and
``misplaced``, ``shifted`` and ``version`` tell what does not fit.
"""
