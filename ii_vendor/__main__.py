"""``python -m ii_vendor``: the command line."""

from ii_vendor.cli import main

main()
