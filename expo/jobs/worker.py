"""The worker: takes jobs from the queue, beats its heart, and takes up what a dead worker left behind."""

import asyncio

import procrastinate
import structlog
from flask import Flask

from expo.db import plain_url
from expo.jobs.handlers import sweeps
from expo.jobs.runner import run
from expo.jobs.services import QUEUE, TASK
from expo.web.database import engine

log = structlog.get_logger()
SWEEP_S = 5


def make_queue(app: Flask, url: str) -> procrastinate.App:
    """The queue with its one task, which runs a job by number inside the application's context."""
    queue = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=plain_url(url)))

    @queue.task(name=TASK, queue=QUEUE)
    def run_job(job_id: int) -> None:
        with app.app_context():
            run(app.extensions["expo_open_session"], engine(), job_id)

    return queue


async def _take_up_stalled(queue: procrastinate.App, after_s: float) -> None:
    """Queue again, for ever, the jobs of workers whose heart stopped."""
    while True:
        for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=after_s):
            log.warning("taking up a job that a dead worker left", job=job.task_kwargs)
            await queue.job_manager.retry_job(job)
        await asyncio.sleep(after_s / 3)


def sweep_once(app: Flask) -> None:
    """Do every periodic work once; one that fails is logged, the others go on."""
    with app.app_context():
        for name, work in sweeps().items():
            try:
                work(app.extensions["expo_open_session"])
            except Exception:
                log.exception("periodic work failed", work=name)


async def _sweep(app: Flask) -> None:
    """Periodic work, for ever, in a thread of its own: a long job does not keep it waiting."""
    while True:
        await asyncio.to_thread(sweep_once, app)
        await asyncio.sleep(SWEEP_S)


async def _work(app: Flask, queue: procrastinate.App, after_s: float) -> None:
    async with queue.open_async():
        beside = [asyncio.create_task(_take_up_stalled(queue, after_s)), asyncio.create_task(_sweep(app))]
        try:
            await queue.run_worker_async(
                concurrency=1,
                update_heartbeat_interval=after_s / 4,
                stalled_worker_timeout=after_s,
                fetch_job_polling_interval=2,
                shutdown_graceful_timeout=2,
                delete_jobs="successful",
            )
        finally:
            for task in beside:
                task.cancel()


def work(app: Flask, url: str, stalled_after_s: float) -> None:
    """Work until stopped by a signal."""
    asyncio.run(_work(app, make_queue(app, url), stalled_after_s))
