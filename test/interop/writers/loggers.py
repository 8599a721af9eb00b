"""One line a call, with the fields that apps choose, through the loggers of Python that write JSON."""

import logging
import sys
from pathlib import Path

import loguru
import structlog
from pythonjsonlogger import jsonlogger

folder = Path(sys.argv[1])
CALL = {
    "provider": "openai",
    "model": "gpt-4o",
    "prompt_tokens": 120,
    "completion_tokens": 17,
    "latency_ms": 812.5,
    "trace_id": "trace-1",
    "request_id": "request-1",
    "prompt": "Weather in Oslo?",
    "response": "It is 4 °C.",
    "finish_reason": "stop",
}
FAILED = {
    "provider": "openai",
    "model": "gpt-4o-mini",
    "latency_ms": 90,
    "trace_id": "trace-1",
    "request_id": "request-2",
}


class RateLimitError(Exception):
    """As the providers' clients call it."""


def fail():
    """Raises what a client raises when it was refused."""
    raise RateLimitError("429 Rate limit reached for gpt-4o-mini")


# structlog, JSON
with open(folder / "structlog.jsonl", "w", encoding="utf-8") as file:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=file),
    )
    log = structlog.get_logger()
    log.info("server_started")
    log.info("llm_call", **CALL)
    try:
        fail()
    except RateLimitError as error:
        log.error("llm_call", error=str(error), error_type="RateLimitError", **FAILED)

# structlog, for people
with open(folder / "structlog-console.log", "w", encoding="utf-8") as file:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=True),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=file),
        cache_logger_on_first_use=False,
    )
    log = structlog.get_logger("console")
    log.info("server_started")
    log.info("llm_call_completed", **{k: v for k, v in CALL.items() if k not in ("prompt", "response")})
    log.error("llm_call_failed", error="429 Rate limit reached for gpt-4o-mini", error_type="RateLimitError", **FAILED)

# loguru
loguru.logger.remove()
loguru.logger.add(folder / "loguru.jsonl", serialize=True, catch=False)
loguru.logger.info("server started")
loguru.logger.bind(**CALL).info("llm call")
try:
    fail()
except RateLimitError:
    loguru.logger.bind(**FAILED).exception("llm call failed")

# python-json-logger
handler = logging.FileHandler(folder / "python-json-logger.jsonl", encoding="utf-8")
handler.setFormatter(jsonlogger.JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
logger = logging.getLogger("app.llm")
logger.setLevel(logging.INFO)
logger.addHandler(handler)
logger.info("server started")
logger.info("llm call", extra=CALL)
try:
    fail()
except RateLimitError:
    logger.exception("llm call failed", extra=FAILED)
