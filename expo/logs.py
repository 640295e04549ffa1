"""Structured logs: one JSON object a line, with the request's id and without secrets."""

import logging
import sys

import structlog

SECRET_WORDS = ("password", "secret", "token", "authorization", "cookie", "csrf", "digest")

CHATTY = ("weasyprint", "fontTools")
"""Libraries that warn about every font feature they do not know, in every print."""


def hide_secrets(_logger, _name, event: dict) -> dict:
    """Values under telling names never reach a log."""
    for key in event:
        if any(word in key.lower() for word in SECRET_WORDS):
            event[key] = "hidden"
    return event


def set_up(level: str) -> None:
    """Send our log and the libraries' to standard error in one form."""
    chain = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    number = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[*chain, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=chain, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                                             structlog.processors.JSONRenderer()]
    )  # fmt: skip
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    for talker in CHATTY:
        logging.getLogger(talker).setLevel(logging.ERROR)
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)
