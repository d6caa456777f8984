//! `leitmotif --version`: the program, its model, the runtime and the features.
//!
//! In: what the program was built with, and what is found on this machine. Out: a line each; with `-V` the first
//! alone. Nothing is loaded, and what is not found is no error.

use std::io::{self, Write};

use crate::embed::models::bundled::THEME;
use crate::embed::runtime;

/// Digits of a hash that are shown.
const SHOWN: usize = 16;

/// Prints it.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn tell() -> io::Result<()> {
    let is_short = std::env::args_os().all(|argument| argument != "--version");
    let mut out = super::stdout(false);
    let name = concat!("leitmotif ", env!("CARGO_PKG_VERSION"));
    if is_short { writeln!(out, "{name}") } else { writeln!(out, "{name}\n{}", details()) }?;
    out.flush()
}

fn details() -> String {
    let model = match (THEME.compiled_in(), THEME.find()) {
        (Some(_), _) => "in the program".to_string(),
        (None, Some(place)) => place.display().to_string(),
        (None, None) => "not on this machine (`leitmotif models get bundled`)".into(),
    };
    let runtime = if cfg!(feature = "dynamic-runtime") {
        match runtime::find(None) {
            Ok(library) => {
                let version = runtime::version_of(&library).map(|version| format!(" {version}")).unwrap_or_default();
                format!("ONNX Runtime{version}, {}", library.display())
            }
            Err(_) => "ONNX Runtime: not found (`leitmotif models where` tells where it is looked for)".into(),
        }
    } else {
        "ONNX Runtime, in the program".into()
    };
    let features: Vec<&str> = [
        ("dynamic-runtime", cfg!(feature = "dynamic-runtime")),
        ("static-runtime", cfg!(feature = "static-runtime")),
        ("bundled-models", THEME.compiled_in().is_some()),
    ]
    .into_iter()
    .filter_map(|(name, is_on)| is_on.then_some(name))
    .collect();
    format!(
        "model: {} (int8), fingerprint {}, BLAKE3 of its file {}, {model}\nruntime: {runtime}\nfeatures: {} ({} {})",
        THEME.name,
        &THEME.fingerprint[..SHOWN],
        &THEME.blake3[..SHOWN],
        features.join(", "),
        std::env::consts::ARCH,
        std::env::consts::OS
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_hashes_of_the_model_have_names_of_their_own() {
        let told = details();
        assert!(told.contains(&format!("fingerprint {},", &THEME.fingerprint[..SHOWN])), "{told}");
        assert!(told.contains(&format!("BLAKE3 of its file {},", &THEME.blake3[..SHOWN])), "{told}");
    }
}
