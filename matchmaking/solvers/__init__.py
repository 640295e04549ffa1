"""The compiled solvers, made ready before anybody waits for them."""
