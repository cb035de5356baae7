"""The versioned documents that guide conversations: writing, publishing and trying them."""
