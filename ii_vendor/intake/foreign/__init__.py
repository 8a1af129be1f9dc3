"""Workbooks that are not ours: which of our questions theirs belong to, and the response that comes of it."""
