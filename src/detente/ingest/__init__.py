"""From sources to a lake: each input ends as coded, no event, rejected or already there, whatever comes between."""
