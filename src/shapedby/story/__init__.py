"""Story: public pages that tell one thing across slices."""
