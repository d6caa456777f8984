//! The structure that docs/architecture.md describes, held against the sources: stations import only those before
//! them, so do the rooms of `analysis`, files of one folder do not go in circles, and no file grows beyond reading.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// In the order of docs/architecture.md: each imports only those before it.
const STATIONS: [&str; 17] = [
    "files", "stats", "corpus", "remote", "embed", "notes", "guide", "cluster", "theme", "analysis", "export",
    "report", "error", "terminal", "serve", "cli", "main",
];
const ROOMS: [&str; 8] =
    ["saved", "pipeline", "codebook", "pseudonyms", "placing", "comparison", "evaluation", "coding"];
const LONGEST: usize = 600;
/// Longer, each with its reason.
const LONG: [(&str, &str); 7] = [
    ("corpus/lexicon.rs", "lists of words, no code"),
    ("theme/clauses/lexicon.rs", "lists of words, no code"),
    ("corpus/readers/cues.rs", "one job: cues of subtitles become turns"),
    ("corpus/readers/docx/body.rs", "one job: the XML of a document becomes paragraphs"),
    ("corpus/tests.rs", "tests"),
    ("corpus/readers/table/tests.rs", "tests"),
    ("corpus/studies/tests.rs", "tests"),
];

/// Module path (`["stats", "wilson"]`) and source, without comments and tests beside the code.
struct Sources {
    files: BTreeMap<Vec<String>, (PathBuf, String)>,
}

impl Sources {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let relative = path.strip_prefix(&root).unwrap().to_path_buf();
                    let mut module: Vec<String> =
                        relative.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
                    module.pop_if(|last| last == "mod" || last == "lib");
                    files.insert(module, (relative, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        assert!(files.len() > 150, "the sources are not where they are looked for");
        Self { files }
    }

    /// The modules that each file's code names, in full.
    fn imports(&self) -> BTreeMap<&[String], BTreeSet<&[String]>> {
        self.files.iter().map(|(module, (_, source))| (module.as_slice(), self.named(module, &code(source)))).collect()
    }

    fn named(&self, module: &[String], code: &str) -> BTreeSet<&[String]> {
        let mut paths = Vec::new();
        for statement in code.split("use ").skip(1) {
            expand(&[], statement.split(';').next().unwrap_or_default(), &mut paths);
        }
        for start in ["crate::", "super::"] {
            // `super::super::` is one path.
            for (at, _) in code.match_indices(start).filter(|&(at, _)| !code[..at].ends_with(':')) {
                let end = code[at..].find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(0);
                paths.push(code[at..at + end].split("::").map(str::to_string).collect());
            }
        }
        paths.iter().filter_map(|path| self.resolve(module, path)).filter(|found| *found != module).collect()
    }

    /// The deepest module on a path.
    fn resolve(&self, module: &[String], path: &[String]) -> Option<&[String]> {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let mut full: Vec<String> = match path.first()?.as_str() {
            "crate" => path[1..].to_vec(),
            "self" => module.iter().chain(&path[1..]).cloned().collect(),
            "super" => module[..module.len().checked_sub(ups)?].iter().chain(&path[ups..]).cloned().collect(),
            _ => return None,
        };
        while !full.is_empty() {
            if let Some((module, _)) = self.files.get_key_value(&full) {
                return Some(module);
            }
            full.pop();
        }
        None
    }
}

/// Without comments, and without the tests at the end.
fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(before: &[String], tree: &str, out: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    if let Some(inner) = tree.strip_prefix('{') {
        let inner = inner.strip_suffix('}').unwrap_or(inner);
        let (mut depth, mut start) = (0, 0);
        for (at, c) in inner.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(before, &inner[start..at], out);
                    start = at + 1;
                }
                _ => {}
            }
        }
        expand(before, &inner[start..], out);
    } else if let Some((first, rest)) = tree.split_once("::") {
        expand(&[before, &[first.trim().to_string()]].concat(), rest, out);
    } else if !tree.is_empty() {
        let name = tree.split_whitespace().next().unwrap_or_default();
        out.push([before, &[name.to_string()]].concat());
    }
}

fn place(of: &[&str], name: &str) -> Option<usize> {
    of.iter().position(|known| *known == name)
}

#[test]
fn stations_import_only_those_before_them() {
    let sources = Sources::read();
    let mut wrong = Vec::new();
    for (module, named) in sources.imports() {
        let Some(own) = module.first() else { continue };
        let own = place(&STATIONS, own).unwrap_or_else(|| panic!("the station {own} has no place in the order"));
        for other in named {
            if place(&STATIONS, &other[0]).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports {}", module.join("::"), other.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_of_an_analysis_import_only_those_before_them() {
    let sources = Sources::read();
    let mut wrong = Vec::new();
    for (module, named) in sources.imports() {
        let [station, own, ..] = module else { continue };
        if station != "analysis" {
            continue;
        }
        let own = place(&ROOMS, own).unwrap_or_else(|| panic!("the room {own} has no place in the order"));
        for other in named.into_iter().filter(|other| other[0] == "analysis" && other.len() > 1) {
            if place(&ROOMS, &other[1]).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports {}", module.join("::"), other.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A folder's own file (`mod.rs`) brings its files together and is left out; everything else goes one way.
#[test]
fn files_do_not_go_in_circles() {
    let sources = Sources::read();
    let is_folder = |module: &[String]| sources.files[module].0.ends_with("mod.rs") || module.is_empty();
    let imports: BTreeMap<&[String], BTreeSet<&[String]>> = sources
        .imports()
        .into_iter()
        .filter(|(module, _)| !is_folder(module))
        .map(|(module, named)| (module, named.into_iter().filter(|other| !is_folder(other)).collect()))
        .collect();
    // What can be taken away because nothing that is left is imported by it goes away, again and again.
    let mut left: BTreeSet<&[String]> = imports.keys().copied().collect();
    loop {
        let free: Vec<&[String]> = left.iter().copied().filter(|module| imports[module].is_disjoint(&left)).collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| {
            left.remove(module);
        });
    }
    let names: Vec<String> = left.iter().map(|module| module.join("::")).collect();
    assert!(left.is_empty(), "in a circle, or importing one: {}", names.join(", "));
}

#[test]
fn no_file_grows_beyond_reading() {
    let long: Vec<String> = Sources::read()
        .files
        .values()
        .filter(|(path, _)| !LONG.iter().any(|(known, _)| path == Path::new(known)))
        .map(|(path, source)| (path, source.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// The name belongs to another program in the registry of Python packages: whoever installs it by its name gets that.
#[test]
fn nobody_is_sent_to_another_program_of_the_same_name() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["docs", "python", "packaging"].map(|name| root.join(name)).into();
    let mut files: Vec<PathBuf> = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"].map(|name| root.join(name)).into();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let by_name = ["pip install leitmotif", "pipx install leitmotif", "pipx run leitmotif", "uvx leitmotif"];
    let named = |text: &str| by_name.iter().any(|command| text.contains(command));
    assert!(named("or `uvx leitmotif themes`") && !named("`pip install target/wheels/leitmotif-*.whl`"));
    let told: Vec<_> = files.iter().filter(|file| fs::read_to_string(file).is_ok_and(|text| named(&text))).collect();
    assert!(told.is_empty(), "{told:?}");
}

/// Files of code that a document names by their path are there.
#[test]
fn documents_name_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = vec![root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("SECURITY.md")];
    documents.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    let mut gone = Vec::new();
    for document in documents.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(document).unwrap();
        for name in text.split('`').skip(1).step_by(2) {
            let is_path = name.ends_with(".rs") && name.contains('/') && !name.contains([' ', '{', '…']);
            // `COMMAND.rs` stands for several.
            let stands_for_many = name.rsplit('/').next().is_some_and(|file| file.starts_with(char::is_uppercase));
            if is_path
                && !stands_for_many
                && ![root.join(name), root.join("src").join(name)].iter().any(|p| p.is_file())
            {
                gone.push(format!("{}: {name}", document.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}
