"""The scenarios, in the order in which they are played; each is a file with a sentence and `play`."""

ORDER = ["planned", "killed", "returns", "cut_replication", "cut_service", "cut_both", "stale_copy",
         "flapping", "engine_killed", "tool_hangs", "busy_pool", "both_boot", "reboot"]
