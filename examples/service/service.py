"""A matching service: staff from SQL, rounds matched by a worker, kept as documents, verified and explained later."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from store import Store
from worker import work

import rmatch


class Order(BaseModel):
    """A round that somebody asks for."""

    seed: str
    programme: rmatch.Programme = rmatch.Programme()


def service(path: Path) -> FastAPI:
    """Return the service that keeps everything in one SQLite file."""
    store = Store(path)
    workers = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    app = FastAPI(title="Matching")

    def known(number: int) -> dict[str, Any]:
        for row in store.rounds(number):
            return row
        raise HTTPException(404, f"there is no round {number}")

    def kept(number: int) -> tuple[rmatch.Matching, rmatch.People]:
        document = known(number)["document"]
        if document is None:
            raise HTTPException(409, f"round {number} has no result")
        people = rmatch.read_people(store.staff())
        return rmatch.read_matching(json.loads(document), people), people

    @app.exception_handler(rmatch.InvalidInputError)
    def refused(_: Request, error: rmatch.InvalidInputError) -> JSONResponse:
        return JSONResponse({"faults": [*map(str, error.faults)]}, 422)

    @app.post("/staff", status_code=201)
    def sign_up(person: rmatch.Person) -> None:
        store.sign_up(person)

    @app.post("/rounds", status_code=202)
    def ask(order: Order) -> dict[str, int]:
        into = "insert into round (seed, programme) values (?, ?) returning number"
        (row,) = store.run(into, order.seed, json.dumps(order.model_dump()["programme"]))
        workers.submit(work, path, row["number"])
        return row

    @app.get("/rounds/{number}")
    def look(number: int) -> dict[str, Any]:
        row = known(number)
        told = {name: json.loads(row[name] or "null") for name in ("progress", "faults")}
        return {"number": number, "state": row["state"], **told}

    @app.delete("/rounds/{number}", status_code=202)
    def cancel(number: int) -> None:
        known(number)
        store.note(number, cancelled=1)

    @app.get("/rounds/{number}/pairs")
    def pairs(number: int) -> list[dict[str, Any]]:
        return [pair.to_dict() for pair in kept(number)[0].pairs]

    @app.get("/rounds/{number}/explanation")
    def explain(
        number: int, mentor: str, mentee: str, audience: Literal["admin", "participant"] = "admin"
    ) -> dict[str, Any]:
        return kept(number)[0].explain(mentor, mentee, audience).to_dict()

    @app.get("/rounds/{number}/verified")
    def verify(number: int) -> dict[str, Any]:
        matching, people = kept(number)
        programme = rmatch.read_programme(json.loads(known(number)["programme"]))
        return rmatch.verify(matching, people, programme).to_dict()

    return app
