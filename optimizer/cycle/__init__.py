"""From one signed year to the next: what runs on, what comes again, who signed what, years glued together."""
