//! Finding ONNX Runtime on this machine.
//!
//! In: the path a user named, or nothing. Out: a loaded runtime, or an error that lists every
//! place that was tried. It never downloads anything and never loads from the working folder,
//! which may be somebody else's.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use ort::environment::Environment;

use super::EmbedError;
use crate::corpus::opening::{LARGEST_NOTE, read_text};

/// The oldest ONNX Runtime that fastembed's bindings accept.
pub const OLDEST_VERSION: &str = "1.24";

#[cfg(target_os = "windows")]
const LIBRARY: &str = "onnxruntime.dll";
#[cfg(target_os = "macos")]
const LIBRARY: &str = "libonnxruntime.dylib";
#[cfg(not(any(target_os = "windows", target_os = "macos")))]
const LIBRARY: &str = "libonnxruntime.so";

/// The environment of this process: ONNX Runtime allows one.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// Loads ONNX Runtime once a process, without telemetry, and returns its environment.
///
/// `named` is the user's `--runtime`; `ORT_DYLIB_PATH` comes next, then the places of [`find`].
///
/// # Errors
/// [`EmbedError::RuntimeNotFound`] and [`EmbedError::RuntimeUnusable`].
pub fn environment(named: Option<&Path>) -> Result<Environment, EmbedError> {
    let mut slot = ENVIRONMENT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(environment) = slot.as_ref() {
        return Ok(environment.clone());
    }
    let (builder, path) = load(named)?;
    let environment = builder
        .with_name("leitmotif")
        .with_telemetry(false)
        .build()
        .map_err(|error| EmbedError::RuntimeUnusable { path, reason: error.to_string() })?;
    *slot = Some(environment.clone());
    Ok(environment)
}

#[cfg(feature = "dynamic-runtime")]
fn load(named: Option<&Path>) -> Result<(ort::environment::EnvironmentBuilder, PathBuf), EmbedError> {
    let path = find(named)?;
    let builder = ort::init_from(&path)
        .map_err(|error| EmbedError::RuntimeUnusable { path: path.clone(), reason: error.to_string() })?;
    Ok((builder, path))
}

#[cfg(not(feature = "dynamic-runtime"))]
fn load(_named: Option<&Path>) -> Result<(ort::environment::EnvironmentBuilder, PathBuf), EmbedError> {
    Ok((ort::init(), PathBuf::from("this program")))
}

/// The library's path. A named one (option or `ORT_DYLIB_PATH`) is final; otherwise, in this
/// order: beside the program, `models/runtime/` of the checkout the program was built in, the
/// package `onnxruntime` of the Python environment that the program was installed into, the
/// user's data folder, the system's library folders, the `onnxruntime` of `python3`.
///
/// # Errors
/// [`EmbedError::RuntimeNotFound`] with the places tried.
pub fn find(named: Option<&Path>) -> Result<PathBuf, EmbedError> {
    let by_environment = env::var_os("ORT_DYLIB_PATH").filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some((path, origin)) =
        named.map(|path| (path.to_path_buf(), "--runtime")).or(by_environment.map(|path| (path, "ORT_DYLIB_PATH")))
    {
        let library = if path.is_dir() { library_in(&path) } else { path.is_file().then(|| path.clone()) };
        // An absolute path keeps the loader from searching for a bare name elsewhere.
        return library
            .map(|library| library.canonicalize().unwrap_or(library))
            .ok_or(EmbedError::RuntimeNotFound { searched: vec![format!("{} ({origin})", path.display())] });
    }
    let mut searched = Vec::new();
    for folder in folders() {
        if let Some(library) = library_in(&folder) {
            return Ok(library);
        }
        let place = folder.display().to_string();
        if !searched.contains(&place) {
            searched.push(place);
        }
    }
    if let Some(library) = python_package().and_then(|package| library_in(&package.join("capi"))) {
        return Ok(library);
    }
    searched.push("the Python package onnxruntime of `python3`".into());
    Err(EmbedError::RuntimeNotFound { searched })
}

fn folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(program_folder) = env::current_exe().ok().and_then(|program| program.parent().map(Path::to_path_buf)) {
        folders.push(program_folder.clone());
        // target/release/leitmotif and target/debug/deps/test-… lie two and three folders below.
        folders.extend(program_folder.ancestors().skip(1).take(3).map(|folder| folder.join("models").join("runtime")));
        folders.extend(program_folder.parent().into_iter().flat_map(packages_below));
    }
    {
        use etcetera::BaseStrategy;
        if let Ok(base) = etcetera::choose_base_strategy() {
            folders.push(base.data_dir().join("leitmotif").join("runtime"));
        }
    }
    for variable in ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
        if let Some(value) = env::var_os(variable) {
            folders.extend(env::split_paths(&value).filter(|folder| folder.is_absolute()));
        }
    }
    let system = [
        "/usr/local/lib",
        "/usr/lib",
        "/usr/lib64",
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/opt/homebrew/lib",
    ];
    folders.extend(system.iter().map(PathBuf::from).filter(|folder| folder.is_dir()));
    folders
}

/// Where the package `onnxruntime` keeps its library below the folder that pip installed into: that
/// of a virtual or Conda environment, `~/.local`, `/usr/local`, or the one of `pip install --target`. Conda's package of
/// the library alone puts it into `lib` itself.
fn packages_below(prefix: &Path) -> Vec<PathBuf> {
    let mut homes = Vec::new();
    for library in ["lib", "lib64"].map(|name| prefix.join(name)) {
        let mut versions: Vec<PathBuf> = std::fs::read_dir(&library)
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|n| n.starts_with("python")))
            .collect();
        versions.sort();
        homes.extend(versions);
    }
    let mut packages: Vec<PathBuf> =
        homes.iter().flat_map(|home| ["site-packages", "dist-packages"].map(|name| home.join(name))).collect();
    // Windows; and `--target`.
    packages.extend([prefix.join("Lib").join("site-packages"), prefix.to_path_buf()]);
    let capi = packages.into_iter().map(|folder| folder.join("onnxruntime").join("capi"));
    [prefix.join("lib")].into_iter().chain(capi).filter(|folder| folder.is_dir()).collect()
}

/// The library in a folder, under its plain name or with a version behind it
/// (`libonnxruntime.so.1.24.1`); the plain name wins, then the last in name order.
fn library_in(folder: &Path) -> Option<PathBuf> {
    let plain = folder.join(LIBRARY);
    if plain.is_file() {
        return Some(plain);
    }
    let stem = LIBRARY.split('.').next().unwrap_or(LIBRARY);
    let mut versioned: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            name.starts_with(&format!("{stem}."))
                && (name.contains(".so.") || name.ends_with(".dylib"))
                && path.is_file()
        })
        .collect();
    versioned.sort();
    versioned.pop()
}

/// The version that a library is said to have, by its name (`libonnxruntime.so.1.24.4`) or the `runtime.json` that
/// `make runtime` writes beside it; it is not loaded for that.
pub fn version_of(library: &Path) -> Option<String> {
    let name = library.file_name()?.to_str()?;
    let number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()).then(|| text.to_string());
    let plain = name.strip_suffix(".dylib").unwrap_or(name);
    let by_name = plain.split_once("onnxruntime.").and_then(|(_, rest)| number(rest.trim_start_matches("so.")));
    by_name.or_else(|| {
        let note = read_text(&library.with_file_name("runtime.json"), LARGEST_NOTE).ok()?;
        let note: serde_json::Value = serde_json::from_str(&note).ok()?;
        number(note.get("version")?.as_str()?)
    })
}

fn python_package() -> Option<PathBuf> {
    let script = "import importlib.util as u; s = u.find_spec('onnxruntime'); print(s.submodule_search_locations[0])";
    let output = Command::new("python3").args(["-I", "-c", script]).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(path.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_library_that_is_not_there_is_not_replaced_by_another() {
        let error = find(Some(Path::new("/nowhere/libonnxruntime.so"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/libonnxruntime.so (--runtime)"), "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("make runtime")));
    }

    #[test]
    fn the_package_of_the_programs_own_environment_is_found_and_no_other() {
        let environment = tempfile::tempdir().unwrap();
        assert_eq!(packages_below(environment.path()), Vec::<PathBuf>::new());
        for folder in ["lib/python3.12/site-packages/onnxruntime/capi", "lib/other/site-packages/onnxruntime/capi"] {
            std::fs::create_dir_all(environment.path().join(folder)).unwrap();
        }
        let package = environment.path().join("lib/python3.12/site-packages/onnxruntime/capi");
        let lib = environment.path().join("lib");
        assert_eq!(packages_below(environment.path()), [lib.clone(), package.clone()]);
        std::fs::create_dir_all(environment.path().join("onnxruntime/capi")).unwrap();
        assert_eq!(packages_below(environment.path()), [lib, package, environment.path().join("onnxruntime/capi")]);
    }

    #[test]
    fn a_librarys_version_is_told_by_its_name_or_the_note_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let version = |name: &str| version_of(&folder.path().join(name));
        assert_eq!(version("libonnxruntime.so.1.24.4").as_deref(), Some("1.24.4"));
        assert_eq!(version("libonnxruntime.1.24.4.dylib").as_deref(), Some("1.24.4"));
        assert_eq!(version("libonnxruntime.so"), None);
        std::fs::write(folder.path().join("runtime.json"), r#"{"version": "1.24.4"}"#).unwrap();
        for name in ["libonnxruntime.so", "libonnxruntime.dylib", "onnxruntime.dll"] {
            assert_eq!(version(name).as_deref(), Some("1.24.4"), "{name}");
        }
    }

    #[test]
    fn a_folder_may_hold_a_versioned_library() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(library_in(folder.path()), None);
        for name in ["libonnxruntime.so.1.24.1", "libonnxruntime.so.1.26.0", "libonnxruntime_providers_shared.so"] {
            std::fs::write(folder.path().join(name), b"").unwrap();
        }
        let found = library_in(folder.path()).unwrap();
        assert!(found.ends_with("libonnxruntime.so.1.26.0"), "{}", found.display());
    }
}
