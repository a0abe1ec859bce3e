"""What content announces; whoever cares listens above it."""

from django.dispatch import Signal

register_rows_changed = Signal()
"""Rows of a register were written in bulk, where no `post_save` is sent. Sent once, after the transaction.

sender: the model. register: its declaration. changed, deleted: sequences of primary keys.
"""
