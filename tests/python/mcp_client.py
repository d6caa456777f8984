"""Asks `leitmotif mcp` with the client of the package `mcp`, as an assistant would, and holds every answer against the
program's own exports.

    python mcp_client.py PROGRAM ANALYSIS

In: the program and a saved analysis of the sample studies. Out: a line, or an AssertionError.
"""

import asyncio
import csv
import io
import json
import re
import subprocess
import sys

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client


def exported(program: str, folder: str, to: str) -> list[dict[str, str]]:
    """The rows of a CSV export."""
    done = subprocess.run([program, "export", folder, "--to", to], capture_output=True, check=True)
    return list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))


async def asked(client, tool: str, **arguments):
    """The JSON that a tool answers."""
    found = await client.call_tool(tool, arguments)
    text = found.content[0].text
    assert not found.is_error, text
    return json.loads(text)


async def main(program: str, folder: str) -> None:
    server = StdioServerParameters(command=program, args=["mcp", folder])
    async with Client(stdio_client(server)) as client:
        assert client.protocol_version == "2025-11-25", client.protocol_version
        assert "participants" in (client.instructions or "")
        tools = (await client.list_tools()).tools
        assert [tool.name for tool in tools] == ["counts", "list_themes", "quotes", "search", "compare"]
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)

        themes = {row["theme"]: row for row in exported(program, folder, "themes-csv")}
        counts = await asked(client, "counts")
        assert counts["themes"] == len(themes)
        assert sum(study["participants"] for study in counts["studies"]) == counts["counts"]["participants"]

        listed = await asked(client, "list_themes", limit=200)
        assert {row["id"] for row in listed["themes"]} == set(themes) and listed["total"] == len(themes)
        assert len(listed["recurring"]) == listed["total_recurring"] == counts["recurring_themes"] > 1
        none = await asked(client, "list_themes", limit=0)
        assert (none["total"], none["total_recurring"]) == (len(themes), listed["total_recurring"])
        assert none["themes"] == [] and "recurring" not in none
        for study in (study["name"] for study in counts["studies"]):
            voiced = [
                (row["id"], one["prevalence"]["participants"])
                for row in listed["themes"]
                for one in row["by_study"]
                if one["study"] == study
            ]
            # Of some of the themes, and not of all.
            least = max(people for _, people in voiced) - 1
            some = await asked(client, "list_themes", study=study, min_participants=least, limit=200)
            enough = {theme for theme, people in voiced if people >= least}
            assert {row["id"] for row in some["themes"]} == enough and len(enough) < len(voiced), study
        for row in listed["themes"]:
            cells = themes[row["id"]]
            assert (str(row["participants"]), str(row["asked"])) == (cells["participants"], cells["asked"])
            assert abs(row["low"] - float(cells["share_low"])) < 1e-5 and row["label"] == cells["label"]

        quotes = exported(program, folder, "quotes-csv")
        first = listed["themes"][0]["id"]
        found = await asked(client, "quotes", theme=first)
        own = [row for row in quotes if row["theme"] == first and not row["sub_theme"]]
        places = [(row["quote"], row["locator"], int(row["start"]), int(row["end"])) for row in own]
        told = [(q["text"], q["locator"], q["position"]["start"], q["position"]["end"]) for q in found["quotes"]]
        assert told == places, (told, places)

        # Of one study: its own numbers, beside everybody's.
        for row in exported(program, folder, "theme-by-group"):
            if row["theme"] != first:
                continue
            own = await asked(client, "quotes", theme=first, study=row["group"], all=True, limit=0)
            assert (own["study"], own["quotes"]) == (row["group"], []), own
            assert [str(own[count]) for count in ("participants", "asked")] == [row["participants"], row["asked"]]
            assert own["total"] == int(row["mentions"]) and own["all_studies"]["asked"] == found["asked"], own

        passages = exported(program, folder, "csv")
        hits = await asked(client, "search", words="telephone", limit=200)
        by_hand = [row for row in passages if re.search(r"\btelephone\b", row["text"], re.I)]
        assert hits["total"] == len(by_hand) > 0, (hits["total"], len(by_hand))
        people = {(row["study"], row["participant"]) for row in by_hand}
        assert hits["participants"] == len(people) and "note" not in hits
        assert (await asked(client, "search", words="*phone"))["note"].endswith("looked for: phone")

        compared = await asked(client, "compare", limit=200)
        done = subprocess.run([program, "compare", folder, "--json"], capture_output=True, check=True)
        assert compared["themes"] == json.loads(done.stdout)["themes"][:200] or _without_folders(done) == compared

        refused = await client.call_tool("quotes", {"theme": "Q99.1"})
        assert refused.is_error and "hint:" in refused.content[0].text
        try:
            await client.call_tool("erase", {})
        except Exception as error:  # the client's own class for what the protocol refuses
            assert "there is no tool `erase`" in str(error), error
        else:
            raise AssertionError("a tool that is not there was called")
    print(
        f"mcp: {len(themes)} themes, {len(told)} quotes, {hits['total']} hits and a comparison are those of the exports"
    )


def _without_folders(done: subprocess.CompletedProcess[bytes]) -> dict:
    """The program's comparison with the files' names alone, as an assistant gets them."""
    compared = json.loads(done.stdout)
    for theme in compared["themes"]:
        for group in theme["groups"]:
            if group.get("quote"):
                position = group["quote"]["position"]
                position["file"] = position["file"].rsplit("/", 1)[-1]
    return compared


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
