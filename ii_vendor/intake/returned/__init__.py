"""Our own response workbook as it comes back: which question each cell answers, whatever happened to it on the way."""
