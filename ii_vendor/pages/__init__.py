"""One Streamlit page a file. A page fetches, lays out and calls; it computes nothing."""
