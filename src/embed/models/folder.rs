//! A model from the files in a folder.
//!
//! In: a folder (or an ONNX file in one). Out: [`ModelFiles`] with pooling, window and prefix from
//! the configuration files of sentence-transformers where these lie there. What had to be guessed
//! is said in [`ModelFiles::warnings`]; what cannot be honoured is an error. No code of the model
//! is run, and no file outside its folder is read.

use std::fs;
use std::path::{Component, Path, PathBuf};

use fastembed::{OutputKey, Pooling, TokenizerFiles};
use serde_json::{Map, Value, json};

use super::ModelError;
use super::catalogue::{self, Entry, LONGEST_WINDOW};
use super::graph::{self, GraphFacts, Output};
use crate::corpus::opening::{self, LARGEST_MODEL, LARGEST_NOTE, Refused};
use crate::embed::onnx::{Graph, ModelFiles, fingerprint};

/// Where a graph is looked for, in this order.
const GRAPHS: [&str; 10] = [
    "model.onnx",
    "onnx/model.onnx",
    "model_optimized.onnx",
    "onnx/model_optimized.onnx",
    "model_quantized.onnx",
    "onnx/model_quantized.onnx",
    "model_int8.onnx",
    "onnx/model_int8.onnx",
    "model_uint8.onnx",
    "onnx/model_uint8.onnx",
];

/// Used where no file states a window; what most models were trained with.
const USUAL_WINDOW: usize = 512;

/// A model of the catalogue from its snapshot.
///
/// # Errors
/// [`ModelError::Folder`] when a file cannot be read or is not what its name says.
pub(super) fn open_entry(entry: &Entry, snapshot: &Path) -> Result<ModelFiles, ModelError> {
    let graph = snapshot.join(&entry.graph);
    let parts = Parts::read(&graph, snapshot)?;
    let window = parts.window_within(entry.window);
    Ok(ModelFiles {
        only_language: None,
        dimensions: entry.dimensions,
        pooling: Some(entry.pooling.clone()),
        prefix: entry.prefix.into(),
        output: entry.output.clone(),
        window,
        ..parts.into_files(entry.name.clone(), graph, window)?
    })
}

/// A model that is described by its own files alone.
///
/// # Errors
/// [`ModelError::Folder`] when there is no graph or no tokenizer, or they are not to be used.
pub(super) fn open(path: &Path) -> Result<ModelFiles, ModelError> {
    let graph = find_graph(path)?;
    let beside = graph.parent().unwrap_or(Path::new("."));
    // `onnx/model.onnx` has its tokenizer one folder up.
    let root = if path.is_dir() { path } else { beside };
    let up = || root.parent().filter(|parent| parent.join("tokenizer.json").is_file());
    let root = [root, beside]
        .into_iter()
        .find(|folder| folder.join("tokenizer.json").is_file())
        .or_else(up)
        .ok_or_else(|| {
            let hint = "save it there, as `tokenizer.save_pretrained(FOLDER)` of the Python package transformers does";
            failure(root, "there is no tokenizer.json".into(), hint)
        })?;
    let parts = Parts::read(&graph, root)?;
    let name = name_of(root, &graph);
    let kin = catalogue::named_in(&name);
    let mut warnings = Vec::new();
    let (output, pooled) = choose_output(&parts.facts, &graph)?;
    let pooling = if pooled { None } else { Some(pooling(root, kin.as_ref(), &mut warnings)?) };
    if !pooled && modules(root).iter().any(|kind| kind.ends_with(".Dense")) {
        warnings.push("its last step, a dense layer, is not in the graph: vectors are taken before it".to_string());
    }
    let window = parts.window_within(window(root, &parts, &mut warnings));
    let prefix = prefix(root, kin.as_ref(), &mut warnings);
    let dimensions = dimensions(root, &parts, &graph)?;
    let warnings = warnings.into_iter().map(|guess| format!("model {name}: {guess}")).collect();
    let files = parts.into_files(name, graph, window)?;
    Ok(ModelFiles { dimensions, pooling, prefix, output, warnings, ..files })
}

fn failure(path: &Path, reason: String, hint: &str) -> ModelError {
    ModelError::Folder { path: path.into(), reason, hint: hint.into() }
}

fn find_graph(path: &Path) -> Result<PathBuf, ModelError> {
    if path.is_file() {
        return if path.extension().is_some_and(|extension| extension == "onnx") {
            Ok(path.into())
        } else {
            Err(failure(path, "it is a file, but not one that ends in .onnx".into(), "name the model's folder"))
        };
    }
    if let Some(found) = GRAPHS.iter().map(|graph| path.join(graph)).find(|graph| graph.is_file()) {
        return Ok(found);
    }
    let mut others: Vec<PathBuf> = [path.to_path_buf(), path.join("onnx")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten())
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| file.extension().is_some_and(|extension| extension == "onnx"))
        .collect();
    others.sort();
    match others.len() {
        1 => Ok(others.remove(0)),
        0 => Err(failure(
            path,
            "there is no ONNX file (model.onnx, onnx/model.onnx, …)".into(),
            "export it with `optimum-cli export onnx --model NAME FOLDER` of the Python package optimum",
        )),
        _ => {
            let names: Vec<String> = others.iter().map(|file| file.display().to_string()).collect();
            let hint = "name the file: `--model FOLDER/NAME.onnx`";
            Err(failure(path, format!("there are several ONNX files: {}", names.join(", ")), hint))
        }
    }
}

/// The folder's name, with the graph's where that is not the usual one.
fn name_of(root: &Path, graph: &Path) -> String {
    let last = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned());
    let whole = root.canonicalize().unwrap_or_else(|_| root.into());
    let folder = whole.file_name().map_or_else(|| "model".into(), |name| name.to_string_lossy().into_owned());
    match last(graph) {
        Some(graph) if graph != "model" => format!("{folder} ({graph})"),
        _ => folder,
    }
}

/// The files as they were read.
struct Parts {
    graph: Vec<u8>,
    facts: GraphFacts,
    tokenizer: Vec<u8>,
    config: Map<String, Value>,
    special: Map<String, Value>,
    tokenizer_config: Map<String, Value>,
}

impl Parts {
    fn read(graph: &Path, root: &Path) -> Result<Self, ModelError> {
        const AGAIN: &str = "get or export the model again";
        let bytes = opening::read(graph, LARGEST_MODEL).map_err(|error| failure(graph, error.to_string(), AGAIN))?;
        let facts = graph::read(&bytes).map_err(|reason| failure(graph, reason.into(), AGAIN))?;
        let path = root.join("tokenizer.json");
        let tokenizer =
            opening::read(&path, LARGEST_MODEL).map_err(|error| failure(&path, error.to_string(), AGAIN))?;
        serde_json::from_slice::<serde::de::IgnoredAny>(&tokenizer)
            .map_err(|error| failure(&path, format!("it is not JSON: {error}"), AGAIN))?;
        Ok(Self {
            graph: bytes,
            facts,
            tokenizer,
            config: object(root, "config.json")?.unwrap_or_default(),
            special: object(root, "special_tokens_map.json")?.unwrap_or_default(),
            tokenizer_config: object(root, "tokenizer_config.json")?.unwrap_or_default(),
        })
    }

    fn positions(&self) -> Option<usize> {
        let positions = number(self.config.get("max_position_embeddings")?)?;
        let kind = self.config.get("model_type").and_then(Value::as_str).unwrap_or_default();
        // These count positions from behind the padding token's.
        let offset = if kind.contains("roberta") || matches!(kind, "camembert" | "mpnet") { 2 } else { 0 };
        positions.checked_sub(offset)
    }

    fn tokenizer_window(&self) -> Option<usize> {
        // Tokenizers without a limit state 10³⁰.
        number(self.tokenizer_config.get("model_max_length")?).filter(|&length| length < 1_000_000)
    }

    /// `window`, or less where the tokenizer or the graph's positions end before.
    fn window_within(&self, window: usize) -> usize {
        [Some(window), self.tokenizer_window(), self.positions(), Some(LONGEST_WINDOW)]
            .into_iter()
            .flatten()
            .filter(|&window| window > 0)
            .min()
            .unwrap_or(USUAL_WINDOW)
    }

    fn into_files(mut self, name: String, graph: PathBuf, window: usize) -> Result<ModelFiles, ModelError> {
        // fastembed insists on both; with one text a call nothing is ever padded.
        if !self.tokenizer_config.get("model_max_length").is_some_and(Value::is_number) {
            self.tokenizer_config.insert("model_max_length".into(), json!(window));
        }
        let pad = self.tokenizer_config.get("pad_token");
        if !pad.is_some_and(|token| token.is_string() || token["content"].is_string()) {
            self.tokenizer_config.insert("pad_token".into(), json!("[PAD]"));
        }
        let bytes = |object: Map<String, Value>| Value::Object(object).to_string().into_bytes();
        let tokenizer = TokenizerFiles {
            tokenizer_file: self.tokenizer,
            config_file: bytes(self.config),
            special_tokens_map_file: bytes(self.special),
            tokenizer_config_file: bytes(self.tokenizer_config),
        };
        let mut hasher = fingerprint(&self.graph, &tokenizer);
        let beside = graph.parent().unwrap_or(Path::new(".")).to_path_buf();
        let mut external = Vec::new();
        for location in self.facts.external {
            let inside = Path::new(&location).components().all(|part| matches!(part, Component::Normal(_)));
            if !inside {
                let reason = format!("its weights are said to lie outside its folder, in {location}");
                return Err(failure(&graph, reason, "do not use this model: its file was made to read other files"));
            }
            let path = beside.join(&location);
            let added = opening::open(&path, LARGEST_MODEL)
                .map_err(Refused::into_io)
                .and_then(|file| hasher.update_reader(file).map(|_| ()));
            added.map_err(|error| {
                failure(&path, format!("{error} (the graph keeps its weights there)"), "copy it beside the graph")
            })?;
            external.push((location, path));
        }
        Ok(ModelFiles {
            only_language: None,
            name,
            graph: Graph::File(graph),
            external,
            tokenizer,
            dimensions: 0,
            window,
            pooling: None,
            prefix: String::new(),
            output: None,
            blake3: hasher.finalize().to_hex().to_string(),
            warnings: Vec::new(),
        })
    }
}

/// The object in a JSON file; `None` when the file is not there.
fn object(root: &Path, file: &str) -> Result<Option<Map<String, Value>>, ModelError> {
    let path = root.join(file);
    let text = match opening::read(&path, LARGEST_NOTE).map_err(Refused::into_io) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failure(&path, error.to_string(), "make it readable")),
    };
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| failure(&path, format!("it is not a JSON object: {error}"), "get or export the model again"))
}

fn number(value: &Value) -> Option<usize> {
    value.as_f64().filter(|&number| number >= 1.0).map(|number| number as usize)
}

/// The output to take, and whether it is a vector a text already.
fn choose_output(facts: &GraphFacts, graph: &Path) -> Result<(Option<OutputKey>, bool), ModelError> {
    let pooled = |output: &Output| output.axes == Some(2);
    // What the authors call the sentence's vector comes first, whatever else there is.
    for name in ["sentence_embedding", "text_embeds", "last_hidden_state", "token_embeddings"] {
        if let Some(output) = facts.outputs.iter().find(|output| output.name == name) {
            let whole = pooled(output) || (output.axes.is_none() && name == "sentence_embedding");
            return Ok((Some(OutputKey::ByName(name)), whole));
        }
    }
    match facts.outputs.as_slice() {
        [only] if only.axes.is_none_or(|axes| axes == 2 || axes == 3) => Ok((None, pooled(only))),
        outputs => {
            let names: Vec<&str> = outputs.iter().map(|output| output.name.as_str()).collect();
            let reason = format!("its outputs are {}, none of which is known to be an embedding", names.join(", "));
            Err(failure(
                graph,
                reason,
                "export it for feature extraction: `optimum-cli export onnx --task feature-extraction`",
            ))
        }
    }
}

/// The kinds of the model's steps, from `modules.json`.
fn modules(root: &Path) -> Vec<String> {
    let listed: Option<Vec<Map<String, Value>>> = opening::read(&root.join("modules.json"), LARGEST_NOTE)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok());
    let kind = |module: &Map<String, Value>| module.get("type").and_then(Value::as_str).map(str::to_string);
    listed.iter().flatten().filter_map(kind).collect()
}

/// From `1_Pooling/config.json`: `pooling_mode_…: true` or, from sentence-transformers 6 on,
/// `pooling_mode: "…"`.
fn pooling(root: &Path, kin: Option<&Entry>, warnings: &mut Vec<String>) -> Result<Pooling, ModelError> {
    const FILE: &str = "1_Pooling/config.json";
    let Some(config) = object(root, FILE)? else {
        let (pooling, why) = match kin {
            Some(entry) => (entry.pooling.clone(), format!("as {} has it", entry.name)),
            None => (Pooling::Mean, "the most common way".into()),
        };
        let word = if pooling == Pooling::Cls { "cls" } else { "mean" };
        warnings.push(format!("no {FILE} states the pooling; `{word}` is taken, {why}"));
        return Ok(pooling);
    };
    let mut modes: Vec<&str> = config
        .iter()
        .filter(|(_, value)| value.as_bool() == Some(true))
        .filter_map(|(key, _)| key.strip_prefix("pooling_mode_"))
        .map(|mode| mode.trim_end_matches("_tokens").trim_end_matches("_token"))
        .collect();
    modes.extend(config.get("pooling_mode").and_then(Value::as_str));
    match modes.as_slice() {
        ["cls"] => Ok(Pooling::Cls),
        // They differ by the length of a vector, which is set to one anyway.
        ["mean" | "mean_sqrt_len"] => Ok(Pooling::Mean),
        _ => Err(failure(
            &root.join(FILE),
            format!("its pooling is `{}`; `mean` and `cls` are known", modes.join("` with `")),
            "export the model with its pooling in the graph (an output `sentence_embedding`)",
        )),
    }
}

/// From `sentence_bert_config.json`, otherwise from the tokenizer or the graph's positions.
fn window(root: &Path, parts: &Parts, warnings: &mut Vec<String>) -> usize {
    let stated = ["sentence_bert_config.json", "sentence_roberta_config.json", "sentence_xlm-roberta_config.json"]
        .iter()
        .find_map(|file| number(object(root, file).ok()??.get("max_seq_length")?));
    if let Some(window) = stated.or_else(|| parts.tokenizer_window()).or_else(|| parts.positions()) {
        return window;
    }
    warnings.push(format!("no file states its window; {USUAL_WINDOW} word pieces are taken"));
    USUAL_WINDOW
}

/// From the prompts in `config_sentence_transformers.json`: the one for clustering, or the
/// default, or the one for texts that are no queries. A folder without prompts that is named
/// after a model of the catalogue gets that model's.
fn prefix(root: &Path, kin: Option<&Entry>, warnings: &mut Vec<String>) -> String {
    let config = object(root, "config_sentence_transformers.json").ok().flatten().unwrap_or_default();
    let prompts: Vec<(String, &str)> = config
        .get("prompts")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(name, prompt)| Some((name.to_lowercase(), prompt.as_str()?)))
        .collect();
    let of = |wanted: &str| prompts.iter().find(|(name, _)| name == wanted).map(|(_, prompt)| prompt.to_string());
    if let Some(prompt) = of("clustering") {
        return prompt;
    }
    let default = config.get("default_prompt_name").and_then(Value::as_str).map(str::to_lowercase);
    if let Some(prompt) = default.and_then(|name| of(&name)) {
        return prompt;
    }
    if let Some(entry) = kin {
        if !entry.prefix.is_empty() {
            let (prefix, name) = (entry.prefix, &entry.name);
            warnings.push(format!("no file states a prompt for clustering; `{prefix}` is taken, as {name} has it"));
        }
        return entry.prefix.into();
    }
    let query = of("query").filter(|prompt| !prompt.is_empty());
    let text = of("document").or_else(|| of("passage")).filter(|prompt| !prompt.is_empty());
    match (query, text) {
        // The E5 family: for symmetric use its cards say `query: `.
        (Some(query), Some(_)) if query == "query: " => {
            warnings.push("no file states a prompt for clustering; `query: ` is taken".into());
            query
        }
        (_, Some(text)) => {
            warnings.push(format!("no file states a prompt for clustering; that for documents is taken, `{text}`"));
            text
        }
        _ => String::new(),
    }
}

fn dimensions(root: &Path, parts: &Parts, graph: &Path) -> Result<usize, ModelError> {
    let order = ["sentence_embedding", "text_embeds", "last_hidden_state", "token_embeddings"];
    let outputs = &parts.facts.outputs;
    let chosen = order.iter().find_map(|name| outputs.iter().find(|output| output.name == *name));
    let by_graph = chosen.or(outputs.first()).and_then(|output| output.last);
    let by_config =
        || ["hidden_size", "d_model", "dim", "n_embd"].iter().find_map(|key| number(parts.config.get(*key)?));
    let by_pooling = || {
        let config = object(root, "1_Pooling/config.json").ok()??;
        ["embedding_dimension", "word_embedding_dimension"].iter().find_map(|key| number(config.get(*key)?))
    };
    by_graph.or_else(by_pooling).or_else(by_config).ok_or_else(|| {
        failure(graph, "no file states the length of its vectors".into(), "add config.json with its hidden_size")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tiny-model")
    }

    /// The tiny model in a folder of this name, with more files beside it.
    fn model(name: &str, files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join(name);
        fs::create_dir(&folder).unwrap();
        for file in ["model.onnx", "tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json"]
        {
            fs::copy(fixture().join(file), folder.join(file)).unwrap();
        }
        for (file, text) in files {
            fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
            fs::write(folder.join(file), text).unwrap();
        }
        (parent, folder)
    }

    fn refused(path: &Path, words: &[&str]) {
        let error = open(path).err().expect("it is refused");
        let message = format!("{error}\n{}", error.hint().unwrap());
        assert!(words.iter().all(|word| message.contains(word)), "{message}");
    }

    /// File contents as sentence-transformers 2 and 6 write them.
    #[test]
    fn pooling_window_and_prompt_come_from_the_files() {
        let (_kept, folder) = model(
            "mine",
            &[
                ("1_Pooling/config.json", r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#),
                ("sentence_bert_config.json", r#"{"max_seq_length": 48, "do_lower_case": false}"#),
                (
                    "config_sentence_transformers.json",
                    r#"{"prompts": {"query": "q: ", "Clustering": "c: "}, "default_prompt_name": null}"#,
                ),
            ],
        );
        let files = open(&folder).unwrap();
        assert_eq!((files.pooling, files.window, files.prefix.as_str()), (Some(Pooling::Cls), 48, "c: "));
        assert_eq!((files.name.as_str(), files.dimensions), ("mine", 384));
        assert!(files.warnings.is_empty(), "{:?}", files.warnings);
        let (_kept, newer) = model(
            "newer",
            &[(
                "1_Pooling/config.json",
                r#"{"embedding_dimension": 384, "pooling_mode": "mean", "include_prompt": true}"#,
            )],
        );
        assert_eq!(open(&newer).unwrap().pooling, Some(Pooling::Mean));
    }

    #[test]
    fn what_is_guessed_is_said() {
        let (_kept, folder) = model("mine", &[("tokenizer_config.json", "{}"), ("config.json", "{}")]);
        let files = open(&folder).unwrap();
        assert_eq!((files.pooling, files.window, files.prefix.as_str()), (Some(Pooling::Mean), 512, ""));
        assert_eq!(files.warnings.len(), 2, "{:?}", files.warnings);
        assert!(files.warnings.iter().all(|warning| warning.starts_with("model mine: ")));
    }

    #[test]
    fn a_folder_named_after_a_known_model_gets_its_prefix_and_pooling() {
        let (_kept, folder) = model("multilingual-e5-small-german", &[]);
        let files = open(&folder).unwrap();
        assert_eq!((files.pooling, files.prefix.as_str()), (Some(Pooling::Mean), "query: "));
        assert!(files.warnings.iter().any(|warning| warning.contains("multilingual-e5-small has it")));
        let (_kept, folder) = model("bge-m3-tuned", &[]);
        assert_eq!(open(&folder).unwrap().pooling, Some(Pooling::Cls));
    }

    #[test]
    fn the_window_never_passes_what_graph_or_tokenizer_can_take() {
        let (_kept, folder) = model(
            "mine",
            &[
                ("sentence_bert_config.json", r#"{"max_seq_length": 512}"#),
                ("config.json", r#"{"model_type": "xlm-roberta", "max_position_embeddings": 42}"#),
            ],
        );
        assert_eq!(open(&folder).unwrap().window, 40);
    }

    #[test]
    fn a_graph_may_lie_below_or_be_named() {
        let (_kept, folder) = model("mine", &[]);
        fs::create_dir(folder.join("onnx")).unwrap();
        fs::rename(folder.join("model.onnx"), folder.join("onnx/model_quantized.onnx")).unwrap();
        let below = open(&folder).unwrap();
        let named = open(&folder.join("onnx/model_quantized.onnx")).unwrap();
        assert_eq!(below.name, "mine (model_quantized)");
        assert_eq!((below.name, below.blake3), (named.name, named.blake3));
        fs::copy(folder.join("onnx/model_quantized.onnx"), folder.join("onnx/a_q4.onnx")).unwrap();
        fs::rename(folder.join("onnx/model_quantized.onnx"), folder.join("onnx/b_fp16.onnx")).unwrap();
        refused(&folder, &["several ONNX files", "a_q4.onnx", "b_fp16.onnx", "--model FOLDER/NAME.onnx"]);
    }

    #[test]
    fn weights_beside_the_graph_are_found_and_belong_to_the_hash() {
        let (_kept, folder) = model("mine", &[]);
        for file in ["model.onnx", "model.onnx_data"] {
            fs::copy(fixture().join("external").join(file), folder.join(file)).unwrap();
        }
        let files = open(&folder).unwrap();
        assert_eq!(files.external, [("model.onnx_data".to_string(), folder.join("model.onnx_data"))]);
        let mut weights = fs::read(folder.join("model.onnx_data")).unwrap();
        weights[7] ^= 1;
        fs::write(folder.join("model.onnx_data"), weights).unwrap();
        assert_ne!(open(&folder).unwrap().blake3, files.blake3);
        fs::remove_file(folder.join("model.onnx_data")).unwrap();
        refused(&folder, &["model.onnx_data", "the graph keeps its weights there"]);
    }

    #[test]
    fn a_graph_that_points_outside_its_folder_is_refused() {
        let (_kept, folder) = model("mine", &[]);
        let mut graph = fs::read(fixture().join("external/model.onnx")).unwrap();
        let at = graph.windows(15).position(|part| part == b"model.onnx_data").unwrap();
        graph[at..at + 15].copy_from_slice(b"../../etc/hosts");
        fs::write(folder.join("model.onnx"), graph).unwrap();
        refused(&folder, &["../../etc/hosts", "outside its folder"]);
    }

    #[test]
    fn unusable_folders_are_explained() {
        let empty = tempfile::tempdir().unwrap();
        refused(empty.path(), &["no ONNX file", "optimum"]);
        let (_kept, folder) = model("mine", &[("model.onnx", "version https://git-lfs.github.com/spec/v1")]);
        refused(&folder, &["model.onnx", "not an ONNX model"]);
        let (_kept, folder) = model("mine", &[("tokenizer.json", "{")]);
        refused(&folder, &["tokenizer.json", "not JSON"]);
        let (_kept, folder) = model("mine", &[("config.json", "[]")]);
        refused(&folder, &["config.json", "not a JSON object"]);
        let (_kept, folder) = model("mine", &[("1_Pooling/config.json", r#"{"pooling_mode_lasttoken": true}"#)]);
        refused(&folder, &["lasttoken", "sentence_embedding"]);
        let (_kept, folder) = model("mine", &[]);
        fs::remove_file(folder.join("tokenizer.json")).unwrap();
        refused(&folder, &["no tokenizer.json"]);
    }
}
