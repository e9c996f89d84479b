"""The use cases joined for the desks behind the lane. No Qt; ui/desktop/desks.py asks for them."""
