"""What the app serves beside its pages: seat links, the facilitator's link, and news. Plain HTTP, no Streamlit."""

from ii_vendor.routes.gate import Gate
from ii_vendor.routes.site import lifespan, site

__all__ = ["Gate", "lifespan", "site"]
