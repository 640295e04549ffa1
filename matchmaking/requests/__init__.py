"""Who wants to meet whom: requests and their answers, proposals of times, messages, private refusals."""
