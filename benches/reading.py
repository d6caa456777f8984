"""How fast is each format read?

    cargo build --release --example reading_speed
    python3 benches/reading.py --binary target/release/examples/reading_speed INTERVIEWS.csv

Writes the interviews of a table (`transcript_id,text`, turns labelled `AI:`, `Assistant:`, `User:`) in every format that is read, one
file each, and prints megabytes a second. Formats that hold one transcript a file get a folder of files. What a format cannot hold is
left out of it (blank lines in subtitles); the answers are counted beside, and must agree wherever a format keeps turns apart.

Then it reads made-up files of which a small one could ask for much work (each line another speaker, a glossary, a survey of hundreds
of columns …) in one size and in four times that, and prints how the time grows: 4 when it grows as the file does, 16 when every line
is held against every other. It ends with an error where that is above 6.
"""
import argparse
import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import environment


def turns(text):
    """[(speaker, words)] of a transcript."""
    parts = re.split(r"^(User|Assistant|AI):", text, flags=re.M)[1:]
    said = [(speaker, words.strip()) for speaker, words in zip(parts[::2], parts[1::2])]
    return [(speaker, words) for speaker, words in said if words]


def clock(seconds, mark):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}000"


def subtitles(said, mark, numbered):
    """One cue a turn, its blank lines taken out."""
    cues = []
    for number, (speaker, words) in enumerate(said):
        words = re.sub(r"\n\s*\n", "\n", words).replace("-->", "->")
        times = f"{clock(number * 20, mark)} --> {clock(number * 20 + 19, mark)}"
        cues.append((f"{number + 1}\n" if numbered else "") + f"{times}\n{speaker}: {words}\n")
    return "\n".join(cues)


def word(said, path):
    import docx

    document = docx.Document()
    for speaker, words in said:
        for number, line in enumerate(line for line in words.split("\n") if line.strip()):
            document.add_paragraph(f"{speaker}: {line}" if number == 0 else line)
    document.save(path)


def write_all(rows, folder):
    """Writes every format -> the paths, folders among them."""
    import openpyxl
    import pandas

    folder.mkdir(parents=True, exist_ok=True)
    said = {name: turns(text) for name, text in rows}
    flat = [(name, speaker, words) for name, its in said.items() for speaker, words in its]
    messages = [
        {"id": name, "messages": [{"role": speaker, "content": words} for speaker, words in its]} for name, its in said.items()
    ]
    for delimiter, name in [(",", "transcripts.csv"), ("\t", "transcripts.tsv")]:
        with open(folder / name, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=delimiter).writerows([("transcript_id", "text"), *rows])
    with open(folder / "turns.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("transcript", "speaker", "text"), *flat])
    (folder / "messages.json").write_text(json.dumps(messages, ensure_ascii=False), encoding="utf-8")
    lines = [json.dumps(record, ensure_ascii=False) for record in messages]
    (folder / "messages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pandas.DataFrame(rows, columns=["transcript_id", "text"]).to_parquet(folder / "transcripts.parquet")
    pandas.DataFrame(messages).to_parquet(folder / "messages.parquet")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("turns")
    sheet.append(("transcript", "speaker", "text"))
    for row in flat:
        sheet.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row])
    book.save(folder / "turns.xlsx")
    names = ["transcripts.csv", "transcripts.tsv", "turns.csv", "messages.json", "messages.jsonl", "transcripts.parquet"]
    names += ["messages.parquet", "turns.xlsx"]
    for kind in ["txt", "vtt", "srt", "docx"]:
        (folder / kind).mkdir(exist_ok=True)
        for name, its in said.items():
            path = folder / kind / f"{name}.{kind}"
            if kind == "txt":
                path.write_text("\n\n".join(f"{speaker}: {words}" for speaker, words in its), encoding="utf-8")
            elif kind == "vtt":
                path.write_text("WEBVTT\n\n" + subtitles(its, ".", False), encoding="utf-8")
            elif kind == "srt":
                path.write_text(subtitles(its, ",", True), encoding="utf-8")
            else:
                word(its, path)
        names.append(kind)
    return [folder / name for name in names]


GROWTH = 4
MOST_GROWTH = 6


def many(count):
    """{name: text} of files with this many lines, of which each could ask for a look at all the others."""
    words = "I say what I think here."
    short = count // 40
    return {
        # Of ordinary words somebody must come again to be one who speaks.
        "speakers.txt": "".join(f"Speaker {n % (count // 2)}: {words}\n\n" for n in range(count)),
        "codes.txt": "".join(f"P{n}: {words}\n\n" for n in range(count)),
        "names.txt": "".join(f"{name(n % (count // 8))}: {words}\n\n" for n in range(count // 4)),
        "speakers.csv": "id,speaker,text\n" + "".join(f"t,Speaker {n},{words}\n" for n in range(count)),
        "transcripts.csv": "id,text\n" + "".join(f'p{n},"Interviewer: How is it?\nP{n}: {words}"\n' for n in range(count // 4)),
        "glossary.txt": "".join(f"Word {n // 2}: meaning\nP{n}: {words}\n" for n in range(count // 4)),
        "one line.txt": " ".join(f"Interviewer: How is it in week {n}? Participant: {words}" for n in range(count // 8)),
        "dated.txt": "".join(f"[{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}] {name(n % 997)}\n{words}\n\n" for n in range(count // 4)),
        "survey.csv": ",".join(f"Question {n}?" for n in range(short)) + ("\n" + ",".join([words] * short)) * 5,
    }


def name(number):
    """A given name and a surname, other ones for each number."""
    syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu", "va", "we"]
    letters = ""
    while number or len(letters) < 4:
        number, rest = divmod(number, len(syllables))
        letters += syllables[rest]
    return f"{letters[:4].title()} {letters.title()}son"


def measured(binary, paths):
    """{file name: seconds}, as the example prints them."""
    run = subprocess.run([binary.resolve(), *paths], check=True, capture_output=True, encoding="utf-8", errors="replace")
    rows = [line.rsplit(maxsplit=6) for line in run.stdout.splitlines()[1:]]
    return {row[0]: float(row[2]) for row in rows}


def growth(binary, folder, count):
    """Prints how the time grows -> whether it grows as the files do."""
    seconds = []
    for size in [count, GROWTH * count]:
        its = folder / str(size)
        its.mkdir(parents=True, exist_ok=True)
        files = many(size)
        for title, text in files.items():
            (its / title).write_text(text, encoding="utf-8")
        seconds.append(measured(binary, [its / title for title in files]))
    print(f"\n{'lines each another':<28}{'seconds':>10}{f'{GROWTH} times':>10}{'growth':>9}")
    grows = {title: seconds[1][title] / max(seconds[0][title], 1e-3) for title in seconds[0]}
    for title, ratio in grows.items():
        print(f"{title:<28}{seconds[0][title]:>10.3f}{seconds[1][title]:>10.3f}{ratio:>9.1f}")
    return max(grows.values()) <= MOST_GROWTH


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("interviews", type=Path, help="a table of transcripts")
    parser.add_argument("--binary", type=Path, required=True, help="the example reading_speed")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and the files")
    parser.add_argument("--lines", type=int, default=20_000, help="lines of the made-up files, which four times as many follow")
    given = parser.parse_args()
    environment.enter(given.work, "requirements-reading.txt")
    csv.field_size_limit(sys.maxsize)
    with open(given.interviews, newline="", encoding="utf-8") as file:
        rows = [(row["transcript_id"], row["text"]) for row in csv.DictReader(file)]
    paths = write_all(rows, given.work / "reading")
    subprocess.run([given.binary.resolve(), *paths], check=True)
    if not growth(given.binary, given.work / "growth", given.lines):
        sys.exit(f"error: the time of a file grows more than {MOST_GROWTH} times where the file grows {GROWTH} times")


if __name__ == "__main__":
    main()
