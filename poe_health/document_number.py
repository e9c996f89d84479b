"""The number of a document as it is compared: however it was typed, it is the same document."""


def compared_number(untrusted: str) -> str:
    """Return letters and digits alone, in capitals: AB 123, ab-123 and AB123 are one number. "": there are none."""
    return "".join(filter(str.isalnum, untrusted)).upper()
