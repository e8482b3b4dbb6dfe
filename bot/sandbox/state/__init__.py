"""What the simulated workspaces hold: people, conversations, views, tickets. No HTTP in here."""
