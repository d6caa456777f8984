//! Where a command reads and writes, looked at before the work.
//!
//! In: the paths that are named, each with its option, and what an analysis was made from. Out: an error where two
//! outputs are one place, or an output would take the place of something that is read or was read for the analysis. It
//! writes nothing, and of files reads only those that an output would replace.

use std::path::{Path, PathBuf};

use super::CliError;
use crate::analysis::pseudonyms::register_path;
use crate::analysis::{AlsoRead, Manifest, NotesFrom, OUR_FILES, is_part_of_analysis};
use crate::corpus::Source;
use crate::embed::Origin;
use crate::export::check_target;
use crate::files::{folder_of, same_place};

/// A place to write, if there is one, with the option that names it.
pub(super) type Output<'a> = (&'static str, Option<&'a Path>);

/// A path as it is typed in a shell: in quotes where it holds anything that ends a word or means something there.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |sign: char| sign.is_alphanumeric() || "/._-+,:@%=".contains(sign);
    match text.strip_prefix('-') {
        None if !text.is_empty() && text.chars().all(is_plain) => text,
        // What begins with a dash would be an option.
        Some(_) => in_quotes(&format!("./{text}")),
        None => in_quotes(&text),
    }
}

fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Refuses a file that cannot be written, and without `force` one that is there; `option` names another one.
pub(super) fn check_file(option: &str, path: &Path, force: bool) -> Result<(), CliError> {
    if path.is_dir() {
        return Err(CliError::Usage {
            message: format!("{} is a folder, and a file is written", path.display()),
            hint: format!("name a file with `{option}`"),
        });
    }
    refuse_existing(option, path, force)?;
    if is_part_of_analysis(path) {
        return Err(CliError::Usage {
            message: format!("{} is part of a saved analysis, which would be lost", path.display()),
            hint: format!("name another file with `{option}`"),
        });
    }
    Ok(check_target(path)?)
}

/// Refuses a file that is there, without `force`; `option` names another one.
pub(super) fn refuse_existing(option: &str, path: &Path, force: bool) -> Result<(), CliError> {
    if path.exists() && !force {
        return Err(CliError::Usage {
            message: format!("{} exists already", path.display()),
            hint: format!("choose another file with `{option}`, or replace it with `--force`"),
        });
    }
    Ok(())
}

/// Endings that tell what is in a file.
const TELLING: [&str; 14] =
    ["csv", "tsv", "json", "jsonl", "xlsx", "parquet", "md", "html", "svg", "qdpx", "qdc", "pdf", "docx", "txt"];
/// Formats that are texts, which may be called so: `.txt`.
const TEXTS: [&str; 5] = ["csv", "tsv", "json", "jsonl", "md"];
/// How a report's name may end.
pub(super) const REPORT_ENDINGS: [&str; 3] = ["html", "htm", "xhtml"];

/// Refuses a name that promises another format than what is written, which is one of `written`.
pub(super) fn check_ending(path: &Path, written: &[&str]) -> Result<(), CliError> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_text = || ending == "txt" && written.iter().any(|format| TEXTS.contains(format));
    if !TELLING.contains(&ending.as_str()) || written.contains(&ending.as_str()) || is_text() {
        return Ok(());
    }
    Err(CliError::Usage {
        message: format!("{} would not hold what its name says: {} is written", path.display(), written.join(" or ")),
        hint: format!("end the name in `.{}`, or take another format", written[0]),
    })
}

/// Refuses a name whose ending does not choose one of the formats that are written.
pub(super) fn check_format(path: &Path, written: &[&str]) -> Result<(), CliError> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if written.contains(&ending.as_str()) {
        return Ok(());
    }
    let endings: Vec<String> = written.iter().map(|ending| format!(".{ending}")).collect();
    Err(CliError::Usage {
        message: format!("{}: the format is not known", path.display()),
        hint: format!("name a file that ends in {}", endings.join(" or ")),
    })
}

/// What `-` stands for on the command line: standard input and, where a command writes to it, standard output.
const STANDARD: &str = "-";

/// The file that is written, of a command that writes to standard output without one, and with `-`.
pub(super) fn unless_standard_output(output: Option<PathBuf>) -> Option<PathBuf> {
    output.filter(|path| path.as_os_str() != STANDARD)
}

/// Refuses outputs that are one place, or that lie where something is read from.
pub(super) fn check(outputs: &[Output], inputs: &[PathBuf]) -> Result<(), CliError> {
    let outputs: Vec<(&str, &Path)> = outputs.iter().filter_map(|&(option, path)| Some((option, path?))).collect();
    if let Some((option, _)) = outputs.iter().find(|(_, path)| path.as_os_str() == STANDARD) {
        return Err(CliError::Usage {
            message: format!("`{option} -` names standard output, which this is not written to"),
            hint: "name a file or a folder; one that is called `-` is `./-`".into(),
        });
    }
    for (at, &(option, path)) in outputs.iter().enumerate() {
        if let Some((other, _)) = outputs[..at].iter().find(|(_, earlier)| same_place(earlier, path)) {
            return Err(CliError::Usage {
                message: format!("`{other}` and `{option}` name the same place, {}", path.display()),
                hint: "name another place for one of them".into(),
            });
        }
    }
    for input in inputs {
        if let Some((option, path)) = outputs.iter().find(|(_, path)| same_place(path, input)) {
            return Err(CliError::Usage {
                message: format!(
                    "`{option} {}` would be written where the input {} is",
                    path.display(),
                    input.display()
                ),
                hint: "name another place: what is read is never replaced".into(),
            });
        }
    }
    Ok(())
}

/// A file that was read for an analysis: its path as it was given, and its BLAKE3.
type Read<'a> = (&'a str, &'a str);

/// Refuses outputs that would replace what the analysis was made from, by whatever path, `--force` or not.
pub(super) fn check_made_from(outputs: &[Output], manifest: &Manifest) -> Result<(), CliError> {
    let mut read: Vec<Read> = manifest.inputs.iter().map(|input| (&*input.path, &*input.blake3)).collect();
    read.extend(manifest.also_read.iter().map(|file| (&*file.path, &*file.blake3)));
    read.extend(manifest.coding.iter().flat_map(|coding| &coding.files).map(|file| (&*file.path, &*file.blake3)));
    if let Some(NotesFrom::File { path, blake3, .. }) = manifest.notes.as_ref().map(|notes| &notes.from) {
        read.push((path, blake3));
    }
    if let Origin::File { path, blake3, .. } = &manifest.vectors_from {
        read.push((path, blake3));
    }
    refuse_read(outputs, &read)
}

/// The same of interviews that were read just now, of which an argument may have named the folder alone.
pub(super) fn check_sources(outputs: &[Output], sources: &[Source]) -> Result<(), CliError> {
    let read: Vec<Read> = sources.iter().map(|source| (&*source.path, &*source.blake3)).collect();
    refuse_read(outputs, &read)
}

/// What was read beside the interviews, to be kept with the analysis.
pub(super) fn also_read(paths: &[Option<&Path>]) -> Vec<AlsoRead> {
    let read =
        |path: &Path| Some(AlsoRead { path: path.display().to_string().replace('\\', "/"), blake3: hash_of(path)? });
    paths.iter().flatten().filter_map(|path| read(path)).collect()
}

fn refuse_read(outputs: &[Output], read: &[Read]) -> Result<(), CliError> {
    for (option, path) in outputs.iter().filter_map(|&(option, path)| Some((option, path?))) {
        // A file under another path, or read from another folder, is known by what it holds.
        if !path.is_file() {
            continue;
        }
        let hash = hash_of(path);
        let is_it = |read: &&Read| hash.as_deref() == Some(read.1) || same_place(path, Path::new(read.0));
        if let Some((name, _)) = read.iter().find(is_it) {
            return Err(CliError::Usage {
                message: format!(
                    "`{option} {}` would replace {name}, which the analysis was made from",
                    path.display()
                ),
                hint: "name another place: what an analysis was made from is never replaced, even with `--force`"
                    .into(),
            });
        }
    }
    Ok(())
}

/// Lower-case hex; `None` of what cannot be read.
fn hash_of(path: &Path) -> Option<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(std::fs::File::open(path).ok()?).ok()?;
    Some(hasher.finalize().to_hex().to_string())
}

/// Refuses a file that would be part of the analysis that is saved in `folder`.
pub(super) fn apart_from(folder: &Path, option: &str, path: &Path) -> Result<(), CliError> {
    let ours = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| OUR_FILES.contains(&name));
    if (ours && same_place(folder_of(path), folder)) || same_place(path, &register_path(folder)) {
        return Err(CliError::Usage {
            message: format!("`{option} {}` is a file of the analysis itself", path.display()),
            hint: "give it another name".into(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_promises_another_format_is_refused() {
        let check = |name: &str, written: &[&str]| check_ending(Path::new(name), written).is_ok();
        assert!(
            check("a.csv", &["csv"]) && check("a.CSV", &["csv"]) && check("a", &["csv"]) && check("a.out", &["csv"])
        );
        assert!(check("a.txt", &["csv"]) && !check("a.txt", &REPORT_ENDINGS) && check("a.HTM", &REPORT_ENDINGS));
        assert!(!check("a.xlsx", &["csv"]) && !check("a.json", &["txt"]) && check("a.json", &["txt", "json"]));
    }

    #[test]
    fn an_ending_that_chooses_no_format_is_refused() {
        let check = |name: &str| check_format(Path::new(name), &["csv", "xlsx"]);
        assert!(check("a.csv").is_ok() && check("b/a.XLSX").is_ok());
        for name in ["a", "a.txt", "a.foo", "a.parquet", ".csv"] {
            let Err(CliError::Usage { message, hint }) = check(name) else { panic!("{name}") };
            assert!(message.contains(name) && hint.ends_with(".csv or .xlsx"), "{message} {hint}");
        }
    }

    #[test]
    fn a_file_that_is_there_is_told_with_its_option() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let Err(CliError::Usage { hint, .. }) = check_file("--next", file.path(), false) else { panic!() };
        assert!(hint.contains("`--next`") && hint.contains("--force"), "{hint}");
        assert!(check_file("--next", file.path(), true).is_ok());
    }

    #[test]
    fn who_is_called_what_in_an_analysis_is_replaced_by_nothing() {
        let analysis = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let refused = |path: &Path| check_file("-o", path, true).is_err();
        assert!(refused(&register_path(&analysis)) && refused(&analysis.join("codebook.toml")));
        let folder = tempfile::tempdir().unwrap();
        assert!(!refused(&folder.path().join("pseudonyms.csv")), "in no analysis it is a file like others");
    }

    #[test]
    fn a_path_in_a_command_can_be_typed_as_it_stands() {
        let typed = |path: &str| quoted(Path::new(path));
        for plain in ["run", "../a/run-1.2", "/srv/Ärzte/run_1"] {
            assert_eq!(typed(plain), plain);
        }
        assert_eq!(typed("sp ace/run 1"), "'sp ace/run 1'");
        assert_eq!(typed("Anna's run"), "'Anna'\\''s run'");
        assert_eq!(typed("a\nb"), "'a\nb'");
        assert_eq!(typed("-run"), "'./-run'");
        assert_eq!([typed("$HOME"), typed("a&b"), typed("")], ["'$HOME'", "'a&b'", "''"]);
    }

    #[test]
    fn standard_output_is_told_where_nothing_is_written_to_it_and_is_no_file_elsewhere() {
        let [dash, file] = ["-", "./-"].map(PathBuf::from);
        assert!(check(&[("-o", Some(&dash))], &[]).is_err() && check(&[("-o", Some(&file))], &[]).is_ok());
        assert_eq!(unless_standard_output(Some(dash)), None);
        assert_eq!(unless_standard_output(Some(file.clone())), Some(file));
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_told_with_and_without_force() {
        let folder = tempfile::tempdir().unwrap();
        for force in [false, true] {
            let Err(CliError::Usage { message, hint }) = check_file("-o", folder.path(), force) else { panic!() };
            assert!(message.contains("is a folder") && !hint.contains("--force"), "{message} {hint}");
        }
    }

    #[test]
    fn one_place_for_two_things_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("in.csv"), "").unwrap();
        let (z, other) = (at("z"), at("./z"));
        let (input, odd) = (at("in.csv"), at("./in.csv"));
        assert!(check(&[("-o", Some(&z)), ("--report", Some(&other))], &[]).is_err());
        assert!(check(&[("-o", Some(&z)), ("--report", Some(&at("z.html")))], std::slice::from_ref(&input)).is_ok());
        assert!(check(&[("-o", Some(&odd)), ("--report", None)], std::slice::from_ref(&input)).is_err());
        assert!(apart_from(&z, "--report", &at("z/analysis.json")).is_err());
        assert!(apart_from(&z, "--report", &at("z/pseudonyms.csv")).is_err());
        assert!(apart_from(&z, "--report", &at("z/report.html")).is_ok());
        assert!(apart_from(&z, "--report", &at("y/analysis.json")).is_ok());
    }

    #[test]
    fn what_was_read_is_known_by_its_path_and_by_what_it_holds_and_nothing_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [("in.csv", "said"), ("copy.csv", "said"), ("changed.csv", "now"), ("other.csv", "else")] {
            std::fs::write(at(name), text).unwrap();
        }
        let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
        let (one, two) = (hash("said"), hash("before"));
        let changed = at("changed.csv").display().to_string();
        let read = [("moved/in.csv", one.as_str()), (changed.as_str(), two.as_str())];
        let refused = |name: &str| refuse_read(&[("--report", None), ("-o", Some(&at(name)))], &read).is_err();
        assert!(refused("in.csv") && refused("copy.csv") && refused("changed.csv") && refused("./changed.csv"));
        assert!(!refused("other.csv") && !refused("new.csv") && !refused("."));
    }
}
