"""Ideas: residents' answers to challenges, and the support they find."""
