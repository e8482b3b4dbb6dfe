"""Bad input, forged ids, repeats and the wrong order, against every feature at once."""
