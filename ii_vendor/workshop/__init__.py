"""The live session: ballots on phones, the screen of the room, and the view of whoever leads. Plain pages, pushed."""
