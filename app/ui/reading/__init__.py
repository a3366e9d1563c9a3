"""The place "Read": pages as printed, and the codings on them."""
