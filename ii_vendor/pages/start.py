"""Start: what the bare address shows, which is the page of evaluations."""

from ii_vendor.pages.evaluations import show

show()
