"""APScheduler as a metronome, and what happens at each of its beats.

It holds ticks, no plans: plans are rows. Every job is safe to run on any number of replicas at
once; there is no leader.
"""
