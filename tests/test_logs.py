from __future__ import annotations

import json

import structlog

from coolhead.logs import configure_logs


def test_a_line_is_json_on_standard_error_from_the_level_on(capsys) -> None:
    configure_logs("info")
    log = structlog.get_logger()
    log.debug("too_little")
    log.info("turns_heard", turns=2)
    written = capsys.readouterr()
    line = json.loads(written.err)
    assert (line["event"], line["turns"], line["level"]) == ("turns_heard", 2, "info")
    assert written.out == ""
    configure_logs("warning")
    log.info("too_little")
    assert capsys.readouterr().err == ""
