"""ii-vendor: choose vendors of plant security and automation by one test: can operations run without them?"""

__version__ = "0.7.0"
