"""Long work: queued, run by a worker, watched on a page, cancelled, resumed."""
