"""What the Python module refuses, and how it reads what the program says and writes.

    python refusals.py pandas|polars

In: a library of frames. Out: nothing, or an AssertionError. Whatever goes wrong is a `LeitmotifError` with a message.
"""

import importlib
import os
import sys
import warnings
from pathlib import Path

import leitmotif
from leitmotif import _frames, _program

LIBRARY = sys.argv[1]
library = importlib.import_module(LIBRARY)


def refused(part, call, hint=""):
    """The call is refused with these words, and with these in the hint."""
    try:
        found = call()
    except leitmotif.LeitmotifError as error:
        assert part in error.message and hint in error.hint, (part, error.message, error.hint)
    else:
        raise AssertionError(f"not refused ({part}): {found!r}")


def what_is_no_data_is_refused():
    frame = library.DataFrame({"respondent": [1, 2], "answer": ["One thing.", "Another."]})
    refused("a Series is no data", lambda: leitmotif.themes(frame["answer"]), "to_frame()")
    refused("a DataFrame is no data", lambda: leitmotif.themes([frame, frame]), "one frame")
    refused("a int is no data", lambda: leitmotif.themes(frame, participants=7), "paths")
    refused("a bytes is no data", lambda: leitmotif.themes(b"a.csv"), "paths")
    if LIBRARY == "polars":
        refused("a LazyFrame is no data", lambda: leitmotif.themes(frame.lazy()), "collect()")
        refused("a LazyFrame is no data", lambda: leitmotif.themes(frame, participants=frame.lazy()), "collect()")
    refused("no column `1`", lambda: leitmotif.themes(frame, text=1))
    refused("1.5 is no name of a column", lambda: leitmotif.themes(frame, text=["answer", 1.5]))
    refused("is no name of a column", lambda: leitmotif.themes(frame, id=["respondent"]))
    refused("is one word", lambda: leitmotif.themes(frame, options="--stability 0"), "['--stability', '0']")
    refused("None is no word", lambda: leitmotif.themes(frame, options=["--seed", None]))
    refused("unexpected argument '--stablity'", lambda: leitmotif.themes(frame, options=["--stablity", 0]), "--stabil")
    refused("`my=study` cannot name", lambda: leitmotif.themes(frame, name="my=study"), "`study`")
    refused("`output` names no folder", lambda: leitmotif.themes(frame, output=""), "leave `output` out")
    refused("no analysis was made", lambda: leitmotif.themes(frame, options=["--help"]), "--help")
    bare = library.DataFrame({"respondent": ["1", "2"], "answer": [None, " "]})
    refused("has words in `Answer`", lambda: leitmotif.themes(bare, text="Answer"), "by `text`")
    refused("no participant turns", lambda: leitmotif.themes(bare), "in the column `answer`")
    refused("the frame has no rows", lambda: leitmotif.themes(frame[:0], text="answer"))
    refused("`participants` has no rows", lambda: leitmotif.themes(frame, participants=frame[:0]), "leave it out")
    refused("none of the inputs", lambda: leitmotif.themes(["nowhere", "nor here"]))
    refused("cannot be run", lambda: leitmotif.themes("a\0b"))
    refused("holds no analysis", lambda: leitmotif.load("nowhere"))
    refused("cannot be read", lambda: leitmotif.Analysis("nowhere").summary)


def what_is_said_of_a_frame_names_arguments_and_no_file_of_ours():
    frame = answers()
    others = library.DataFrame({"who": ["a"], "age": [1]})
    refused("ids in `participants`", lambda: leitmotif.themes(frame, text="answer", participants=others), "`id=`")
    refused("(from `speaker=`)", lambda: leitmotif.themes(frame, text="answer", speaker="nobody"))
    # A file that the caller named keeps its name.
    refused("`nowhere.csv`", lambda: leitmotif.themes(frame, text="answer", participants="nowhere.csv"))


def answers(**columns):
    """Twenty answers of as many people, with further columns."""
    said = ["The rota is fair to all of us.", "My manager listens to us.", "The phone is slow on the ward."]
    own = {"respondent": [f"p{at}" for at in range(20)], "answer": [f"{said[at % 3]} Day {at}." for at in range(20)]}
    return library.DataFrame({**own, **columns})


def studies_of(frame, **arguments):
    """How many answers are of each study, and what was warned of."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        arguments = {"text": "answer", "id": "respondent", "options": ["--stability", 0], **arguments}
        found = leitmotif.themes(frame, **arguments)
    messages = [str(one.message) for one in told]
    studies = list(found.assignments["study"])
    return {study: studies.count(study) for study in studies}, messages


def rows_without_a_study_are_of_the_named_one_and_told():
    some = answers(Wave=["north", "south", None, "north"] * 5)
    counts, told = studies_of(some, study="wave", name="mine")
    assert counts == {"north": 10, "south": 5, "mine": 5}, counts
    assert told == ["5 of 20 rows name no study in `Wave`: they are taken for the study `mine`"], told
    counts, told = studies_of(answers(Study=["north", " "] * 10))
    assert counts == {"north": 10, "interviews": 10} and "study `interviews`" in told[0], (counts, told)
    # An empty column names none, so there is nothing to doubt.
    assert studies_of(answers(Study=[""] * 20), name="wave1") == ({"wave1": 20}, [])
    assert studies_of(answers(), name="wave1") == ({"wave1": 20}, [])
    counts, told = studies_of(answers(study=["north", "south"] * 10), name="wave1")
    assert counts == {"north": 10, "south": 10} and "not called `wave1`" in told[0], (counts, told)
    assert studies_of(answers(study=["north", "south"] * 10)) == (counts, [])
    # Numbers lose the `.0` that pandas gives them beside a gap.
    assert studies_of(answers(study=[1, None] * 10))[0] == {"1": 10, "interviews": 10}


def a_column_of_studies_is_found_by_the_names_that_the_program_knows():
    frame = answers(name=["north", "south"] * 10)
    for title in _frames._STUDIES:
        lines = _frames.to_json_lines({title: ["north", "south"], "id": ["1", "2"], "answer": ["One thing.", "More."]})
        told = leitmotif.run(["inspect", "-"], given=lines)
        assert "study north" in told and "study south" in told, title
    assert _frames.studies_in(["answer", "Survey", "Study Name"]) == ["Study Name"], "the program's first"
    assert _frames.studies_in(["answer", "studying"]) == [] == _frames.studies_in(["Project"], ["project"])
    assert studies_of(frame)[0] == {"interviews": 20}, "a column of another name is none"


def names_that_begin_like_options_are_names():
    frame = library.DataFrame({"-id": list(answers()["respondent"]), "- others": list(answers()["answer"])})
    found = leitmotif.themes(frame, text="- others", id="-id", options=["--stability", 0])
    assert found.summary["counts"]["participants"] == 20
    refused("no attribute `-x`", lambda: found.compare(by="-x"))
    # An option is one still.
    refused("unexpected argument '-x'", lambda: leitmotif.themes(frame, options=["-x"]))


def a_folder_is_the_same_wherever_python_works():
    before = os.getcwd()
    found = leitmotif.themes(answers(), text="answer", output=f"rel-{LIBRARY}", force=True)
    try:
        os.chdir(os.path.dirname(__file__))
        assert len(found.themes) and found.folder == Path(before, f"rel-{LIBRARY}"), found.folder
    finally:
        os.chdir(before)


def progress_for_programs_hides_no_message():
    options = ["--stability", 0, "--progress", "json"]
    known = library.DataFrame({"participant": ["p0", "somebody else"], "age": [31, 40]})
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        leitmotif.themes(answers(), text="answer", id="respondent", participants=known, options=options)
    assert any("`somebody else`" in str(one.message) for one in told), told
    refused("no column `nothing`", lambda: leitmotif.themes(answers(), text="nothing", options=options), "names")
    said = _program._as_lines(
        '{"step":"reading","done":1}\n{"message":"note","text":"saved"}\n'
        '{"message":"warning","text":"two files:\\n  a\\n  b","hint":"look"}\n{"of":"nobody"}\n{no object\nplain\n'
    )
    plain = 'saved\nwarning: two files:\n  a\n  b\nhint: look\n{"of":"nobody"}\n{no object\nplain\n'
    assert said == plain, said


def the_program_beside_the_module_is_the_first_looked_for():
    places = list(_program._places())
    beside = Path(leitmotif.__file__).resolve().parent.parent
    assert places[0] == beside / "bin" / _program._NAME, "`pip install --target`"
    assert places[-1].parent == Path(_program.sysconfig.get_path("scripts")), "this environment's is the last"


def a_program_that_does_not_start_is_refused():
    before = os.environ.get("LEITMOTIF_PROGRAM")
    try:
        for place in (os.path.join(os.sep, "nowhere", "leitmotif"), os.path.dirname(__file__)):
            os.environ["LEITMOTIF_PROGRAM"] = place
            refused("cannot be run", leitmotif.version, "LEITMOTIF_PROGRAM")
    finally:
        if before is None:
            del os.environ["LEITMOTIF_PROGRAM"]
        else:
            os.environ["LEITMOTIF_PROGRAM"] = before
    assert leitmotif.version().startswith("leitmotif ")


def the_last_error_is_told_without_what_stands_before_it():
    for said, message, hint in [
        ("error: no such study\nhint: name another\n", "no such study", "name another"),
        ("2 passages have notes.\nwarning: a name\nerror: one group\nhint: by age\n", "one group", "by age"),
        ("error: a.csv is empty; hint: look\nerror: nothing is left:\n  a.csv\n", "nothing is left:\n  a.csv", ""),
        ("error: bad option\n\n  tip: use '--b'\n\nUsage: leitmotif\n", "bad option", "use '--b'"),
        ("error: the last line is\n\nUsage: leitmotif [ARGUMENTS]\n", "the last line is", ""),
        ("it broke, no error: was told", "it broke, no error: was told", ""),
        ("", "the program ended with signal 9", ""),
    ]:
        error = _program._error(said, -9)
        assert (error.message, error.hint, error.status) == (message, hint, -9), (said, error.message, error.hint)


def a_column_holds_numbers_only_where_every_cell_is_one():
    text = (
        # `participant_p` is what the program calls an attribute whose name was taken.
        "\ufefftheme,p,label,of_a_later_version,age,badge,height,effort,participant_p,empty,phone\n"
        "7,1,4,0.5,31,007,1.5,1.50,a lot,,12345678901234567890\n"
        "8,inf,5,2,-4,12,2,1.25,3,,1\n"
        "9,,6,,,,,,,,\n"
    )
    found = _frames.from_csv(text, attributes=["age", "badge", "height", "effort", "p", "empty", "phone"])
    kinds = {name: _frames._kind(name, cells) for name, cells in found.items()}
    assert len(kinds) == 11
    assert {name for name, kind in kinds.items() if kind is int} == {"age"}, kinds
    assert {name for name, kind in kinds.items() if kind is float} == {"p", "of_a_later_version", "height"}, kinds
    assert found["badge"] == ["007", "12", None] and found["theme"] == ["7", "8", "9"]
    assert found["age"] == [31, -4, None] and found["effort"] == ["1.50", "1.25", None]
    # An attribute that is called like a column of the program's is told by its cells.
    for cells, kind in ((["much", "3"], str), (["4", "3"], int)):
        lines = ["study,participant,Q1.1,rank", f"s,1,1,{cells[0]}", f"s,2,,{cells[1]}"]
        found = _frames.from_csv("\n".join(lines) + "\n", whole=["Q1.1"], attributes=["rank"])
        assert _frames._kind("rank", found["rank"]) is kind and found["Q1.1"] == [1, None], found
    rows = '{"unit":"1","answer":1,"strength":0.5,"age":"3"}\n{"unit":"2","answer":2,"strength":null,"age":null}\n'
    assert _frames.from_json_lines(rows, ["age"])["age"] == [3, None]
    assert _frames.from_json_lines(rows)["age"] == ["3", None] and _frames.from_json_lines(rows)["unit"] == ["1", "2"]
    # No column is known as two things.
    assert not _frames._WHOLE & _frames._NUMBERS and not _frames._WORDS & (_frames._WHOLE | _frames._NUMBERS)


def main():
    what_is_no_data_is_refused()
    what_is_said_of_a_frame_names_arguments_and_no_file_of_ours()
    rows_without_a_study_are_of_the_named_one_and_told()
    a_column_of_studies_is_found_by_the_names_that_the_program_knows()
    names_that_begin_like_options_are_names()
    a_folder_is_the_same_wherever_python_works()
    progress_for_programs_hides_no_message()
    the_program_beside_the_module_is_the_first_looked_for()
    a_program_that_does_not_start_is_refused()
    the_last_error_is_told_without_what_stands_before_it()
    a_column_holds_numbers_only_where_every_cell_is_one()
    analysis = leitmotif.load(f"from-{LIBRARY}")
    for form in ("xlsx", "parquet", "qdpx"):
        refused("is no text", lambda form=form: analysis.export(form), "`path`")
        refused(f"`{form}` is no table", lambda form=form: analysis.table(form), "path=FILE")
    refused("vectors are not written", lambda: analysis.export("vectors"))
    refused("invalid value 'nothing'", lambda: analysis.table("nothing"))
    refused("no table came back", lambda: analysis.table("matrix", "-o", f"{LIBRARY}-elsewhere.csv", "--force"))
    assert "unit" in analysis.table("csv", "--excel").columns, "a byte order mark is no part of a name"


if __name__ == "__main__":
    main()
