"""Which texts say nearly the same: across inflection, slips of the pen and the order of words, in any language."""
