"""Who is told: matching and digests are pure; only `channels` touches the network."""
