"""What the rules allow: each function gives what a wish comes to, or refuses it in words."""

from ii_vendor.rules.flags import red_flag_rule
from ii_vendor.rules.refusal import NeedsSecondLook, Refused, Stale
from ii_vendor.rules.wording import check_quote, find_vendor, slug_of, still_said, vendor_added

__all__ = [
    "NeedsSecondLook",
    "Refused",
    "Stale",
    "check_quote",
    "find_vendor",
    "red_flag_rule",
    "slug_of",
    "still_said",
    "vendor_added",
]
