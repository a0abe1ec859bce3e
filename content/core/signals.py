"""What content announces; whoever cares listens above it."""

from django.dispatch import Signal

pictures_drawn = Signal()
"""More cuts of a picture are there than pages may have shown so far. image: it, or None for many at once."""

register_rows_changed = Signal()
"""Rows of a register were written in bulk, where no `post_save` is sent. Sent once, after the transaction.

sender: the model. register: its declaration. changed, deleted: sequences of primary keys.
"""
