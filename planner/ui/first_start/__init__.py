"""The first start: from nothing on the disk to an open notebook."""
