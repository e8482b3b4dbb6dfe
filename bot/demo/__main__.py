"""`python -m bot.demo`, the same as `bimbing demo`."""

import sys

from bot.demo.run import Options, play

if __name__ == "__main__":
    sys.exit(play(Options()))
