//! The models that fastembed knows, and what is known of them.
//!
//! In: a name in any of its spellings. Out: an [`Entry`]: where its files lie on the hub, how its
//! vectors are pooled, which languages it was trained on, its window, and the prefix it expects.
//! It opens no file and touches no network.
//!
//! Prefixes are those for *symmetrical* use, every text being compared with every other: a
//! clustering prompt where the model's card has one, otherwise what the card recommends for
//! features or clustering, and none where the card asks for one before search queries only.

use fastembed::{EmbeddingModel, ModelInfo, OutputKey, Pooling, TextEmbedding};

/// The word for a model of one language, English.
pub const ENGLISH: &str = "English";

/// The four files beside the graph that fastembed reads.
pub(super) const TOKENIZER_FILES: [&str; 4] =
    ["tokenizer.json", "config.json", "special_tokens_map.json", "tokenizer_config.json"];

/// Longest window used, in word pieces: time and memory grow with its square.
pub const LONGEST_WINDOW: usize = 2048;

/// A model of the catalogue.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its short name: the last part of the original repository, with `-q` (`-q4`) when quantised.
    pub name: String,
    /// The original repository.
    pub origin: &'static str,
    /// The repository its ONNX files are downloaded from.
    pub repository: String,
    /// The graph's path in the repository.
    pub graph: String,
    /// Files that the graph needs.
    pub additional: Vec<String>,
    /// Length of a vector.
    pub dimensions: usize,
    /// Languages it was trained on.
    pub languages: &'static str,
    /// Put before every text; empty for none.
    pub prefix: &'static str,
    /// Longest text in word pieces, at most [`LONGEST_WINDOW`]; less where the files say less.
    pub window: usize,
    /// Approximate size of the download in megabytes (10⁶ bytes).
    pub megabytes: u32,
    /// How word pieces' vectors become one.
    pub pooling: Pooling,
    pub(super) output: Option<OutputKey>,
    code: String,
}

impl Entry {
    /// Every file of the model: the graph first.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let graph = std::iter::once(self.graph.as_str());
        graph.chain(self.additional.iter().map(String::as_str)).chain(TOKENIZER_FILES)
    }

    /// Whether the weights are in fewer than 16 bits.
    pub fn quantised(&self) -> bool {
        self.code.ends_with('Q') || self.code.ends_with("Q4")
    }

    fn new(info: &ModelInfo<EmbeddingModel>) -> Self {
        let facts = facts(&info.model);
        let code = info.model.to_string();
        let ending = if code.ends_with("Q4") {
            "-q4"
        } else if code.ends_with('Q') {
            "-q"
        } else {
            ""
        };
        let (_, short) = facts.origin.rsplit_once('/').unwrap_or(("", facts.origin));
        Self {
            name: format!("{}{ending}", short.to_lowercase()),
            origin: facts.origin,
            repository: info.model_code.clone(),
            graph: info.model_file.clone(),
            additional: info.additional_files.clone(),
            dimensions: info.dim,
            languages: facts.languages,
            prefix: facts.prefix,
            window: facts.window.min(LONGEST_WINDOW),
            megabytes: facts.megabytes,
            pooling: TextEmbedding::get_default_pooling_method(&info.model).unwrap_or_default(),
            output: info.output_key.clone(),
            code,
        }
    }
}

/// Every model, in the order of names.
pub fn entries() -> Vec<Entry> {
    let mut entries: Vec<Entry> = TextEmbedding::list_supported_models().iter().map(Entry::new).collect();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    entries
}

/// The model of this name: its short name, fastembed's (`BGESmallENV15Q`), or a repository
/// (`BAAI/bge-small-en-v1.5`, `Xenova/bge-small-en-v1.5`), whatever its case and punctuation.
/// A repository with two variants means the one in full precision.
pub fn find(name: &str) -> Option<Entry> {
    let wanted = folded(name);
    let entries = entries();
    let by = |spelling: &dyn Fn(&Entry) -> &str| {
        let mut matching: Vec<&Entry> = entries.iter().filter(|entry| folded(spelling(entry)) == wanted).collect();
        matching.sort_by_key(|entry| entry.quantised());
        matching.first().copied().cloned()
    };
    by(&|entry| &entry.name)
        .or_else(|| by(&|entry| &entry.code))
        .or_else(|| by(&|entry| entry.origin))
        .or_else(|| by(&|entry| &entry.repository))
}

/// At most five names that resemble `name`.
pub fn near(name: &str) -> Vec<String> {
    let wanted = folded(name);
    let mut scored: Vec<(usize, String)> = entries()
        .into_iter()
        .map(|entry| (shared(&folded(&entry.name), &wanted), entry.name))
        .filter(|(score, _)| *score >= 5 && *score * 2 > wanted.len())
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.into_iter().take(5).map(|(_, name)| name).collect()
}

/// The model whose short name is part of `name`; of several, the one with the longest.
pub(super) fn named_in(name: &str) -> Option<Entry> {
    let whole = folded(name);
    entries()
        .into_iter()
        .filter(|entry| !entry.quantised() && whole.contains(&folded(&entry.name)))
        .max_by_key(|entry| entry.name.len())
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Length of the longest run of characters that two names share.
fn shared(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before = vec![0; b.len() + 1];
    let mut longest = 0;
    for c in a.chars() {
        let mut row = vec![0; b.len() + 1];
        for (at, &d) in b.iter().enumerate() {
            if c == d {
                row[at + 1] = before[at] + 1;
                longest = longest.max(row[at + 1]);
            }
        }
        before = row;
    }
    longest
}

struct Facts {
    origin: &'static str,
    languages: &'static str,
    prefix: &'static str,
    window: usize,
    megabytes: u32,
}

/// What the models are known for; none was run here. Prompts: others' quotations of the cards of E5, nomic,
/// EmbeddingGemma and BGE were read; the others' prompts, languages and windows are from general
/// knowledge and want a look at the card before a study rests on them. Sizes are estimates: the
/// list of the Python package `fastembed` 0.9.1 where it has the same file, otherwise the number of
/// parameters times the bytes of one.
fn facts(model: &EmbeddingModel) -> Facts {
    use EmbeddingModel as M;
    let (origin, languages, prefix, window, megabytes) = match model {
        M::AllMiniLML6V2 => ("sentence-transformers/all-MiniLM-L6-v2", ENGLISH, "", 256, 90),
        M::AllMiniLML6V2Q => ("sentence-transformers/all-MiniLM-L6-v2", ENGLISH, "", 256, 23),
        M::AllMiniLML12V2 => ("sentence-transformers/all-MiniLM-L12-v2", ENGLISH, "", 128, 133),
        M::AllMiniLML12V2Q => ("sentence-transformers/all-MiniLM-L12-v2", ENGLISH, "", 128, 34),
        M::AllMpnetBaseV2 => ("sentence-transformers/all-mpnet-base-v2", ENGLISH, "", 384, 436),
        M::BGEBaseENV15 => ("BAAI/bge-base-en-v1.5", ENGLISH, "", 512, 436),
        M::BGEBaseENV15Q => ("BAAI/bge-base-en-v1.5", ENGLISH, "", 512, 210),
        M::BGELargeENV15 => ("BAAI/bge-large-en-v1.5", ENGLISH, "", 512, 1340),
        M::BGELargeENV15Q => ("BAAI/bge-large-en-v1.5", ENGLISH, "", 512, 670),
        M::BGESmallENV15 => ("BAAI/bge-small-en-v1.5", ENGLISH, "", 512, 133),
        M::BGESmallENV15Q => ("BAAI/bge-small-en-v1.5", ENGLISH, "", 512, 67),
        M::NomicEmbedTextV1 => ("nomic-ai/nomic-embed-text-v1", ENGLISH, "clustering: ", 8192, 547),
        M::NomicEmbedTextV15 => ("nomic-ai/nomic-embed-text-v1.5", ENGLISH, "clustering: ", 8192, 547),
        M::NomicEmbedTextV15Q => ("nomic-ai/nomic-embed-text-v1.5", ENGLISH, "clustering: ", 8192, 137),
        M::ParaphraseMLMiniLML12V2 => {
            ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "50+ languages", "", 128, 470)
        }
        M::ParaphraseMLMiniLML12V2Q => {
            ("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", "50+ languages", "", 128, 220)
        }
        M::ParaphraseMLMpnetBaseV2 => {
            ("sentence-transformers/paraphrase-multilingual-mpnet-base-v2", "50+ languages", "", 128, 1110)
        }
        M::BGESmallZHV15 => ("BAAI/bge-small-zh-v1.5", "Chinese", "", 512, 96),
        M::BGELargeZHV15 => ("BAAI/bge-large-zh-v1.5", "Chinese", "", 512, 1300),
        M::BGEM3 => ("BAAI/bge-m3", "100+ languages", "", 8192, 2270),
        // Two prefixes; this is the one for texts that are no queries. Not checked on the card.
        M::ModernBertEmbedLarge => ("lightonai/modernbert-embed-large", ENGLISH, "search_document: ", 8192, 1580),
        // "query: " for symmetric tasks and for embeddings as features, says the card.
        M::MultilingualE5Small => ("intfloat/multilingual-e5-small", "100 languages", "query: ", 512, 470),
        M::MultilingualE5Base => ("intfloat/multilingual-e5-base", "100 languages", "query: ", 512, 1110),
        M::MultilingualE5Large => ("intfloat/multilingual-e5-large", "100 languages", "query: ", 512, 2240),
        M::MxbaiEmbedLargeV1 => ("mixedbread-ai/mxbai-embed-large-v1", ENGLISH, "", 512, 1340),
        M::MxbaiEmbedLargeV1Q => ("mixedbread-ai/mxbai-embed-large-v1", ENGLISH, "", 512, 337),
        M::GTEBaseENV15 => ("Alibaba-NLP/gte-base-en-v1.5", ENGLISH, "", 8192, 548),
        M::GTEBaseENV15Q => ("Alibaba-NLP/gte-base-en-v1.5", ENGLISH, "", 8192, 139),
        M::GTELargeENV15 => ("Alibaba-NLP/gte-large-en-v1.5", ENGLISH, "", 8192, 1740),
        M::GTELargeENV15Q => ("Alibaba-NLP/gte-large-en-v1.5", ENGLISH, "", 8192, 438),
        M::ClipVitB32 => ("Qdrant/clip-ViT-B-32-text", "English captions", "", 77, 250),
        M::JinaEmbeddingsV2BaseCode => ("jinaai/jina-embeddings-v2-base-code", "English and code", "", 8192, 640),
        M::JinaEmbeddingsV2BaseEN => ("jinaai/jina-embeddings-v2-base-en", ENGLISH, "", 8192, 547),
        M::EmbeddingGemma300M => {
            ("google/embeddinggemma-300m", "100+ languages", "task: clustering | query: ", 2048, 1240)
        }
        M::EmbeddingGemma300MQ4 => {
            ("google/embeddinggemma-300m", "100+ languages", "task: clustering | query: ", 2048, 197)
        }
        M::EmbeddingGemma300MQ => {
            ("google/embeddinggemma-300m", "100+ languages", "task: clustering | query: ", 2048, 309)
        }
        M::SnowflakeArcticEmbedXS => ("Snowflake/snowflake-arctic-embed-xs", ENGLISH, "", 512, 90),
        M::SnowflakeArcticEmbedXSQ => ("Snowflake/snowflake-arctic-embed-xs", ENGLISH, "", 512, 23),
        M::SnowflakeArcticEmbedS => ("Snowflake/snowflake-arctic-embed-s", ENGLISH, "", 512, 133),
        M::SnowflakeArcticEmbedSQ => ("Snowflake/snowflake-arctic-embed-s", ENGLISH, "", 512, 34),
        M::SnowflakeArcticEmbedM => ("Snowflake/snowflake-arctic-embed-m", ENGLISH, "", 512, 436),
        M::SnowflakeArcticEmbedMQ => ("Snowflake/snowflake-arctic-embed-m", ENGLISH, "", 512, 110),
        M::SnowflakeArcticEmbedMLong => ("Snowflake/snowflake-arctic-embed-m-long", ENGLISH, "", 2048, 547),
        M::SnowflakeArcticEmbedMLongQ => ("Snowflake/snowflake-arctic-embed-m-long", ENGLISH, "", 2048, 137),
        M::SnowflakeArcticEmbedL => ("Snowflake/snowflake-arctic-embed-l", ENGLISH, "", 512, 1340),
        M::SnowflakeArcticEmbedLQ => ("Snowflake/snowflake-arctic-embed-l", ENGLISH, "", 512, 337),
    };
    Facts { origin, languages, prefix, window, megabytes }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_model_of_fastembed_is_listed_under_a_name_of_its_own() {
        let entries = entries();
        assert_eq!(entries.len(), TextEmbedding::list_supported_models().len());
        let names: BTreeSet<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names.len(), entries.len());
        for entry in &entries {
            assert_eq!(find(&entry.name).unwrap().code, entry.code);
            assert_eq!(find(&entry.code).unwrap().code, entry.code);
        }
    }

    #[test]
    fn a_model_is_found_by_any_of_its_names() {
        for (name, expected) in [
            ("multilingual-e5-small", "multilingual-e5-small"),
            ("MultilingualE5Small", "multilingual-e5-small"),
            ("intfloat/multilingual-e5-small", "multilingual-e5-small"),
            ("Multilingual_E5_Small", "multilingual-e5-small"),
            // One repository, two variants: full precision.
            ("Alibaba-NLP/gte-base-en-v1.5", "gte-base-en-v1.5"),
            ("sentence-transformers/all-MiniLM-L6-v2", "all-minilm-l6-v2"),
            // This repository is only the quantised variant's.
            ("Xenova/all-MiniLM-L6-v2", "all-minilm-l6-v2-q"),
            ("bge-small-en-v1.5-q", "bge-small-en-v1.5-q"),
            ("EmbeddingGemma300MQ4", "embeddinggemma-300m-q4"),
        ] {
            assert_eq!(find(name).map(|entry| entry.name).as_deref(), Some(expected), "{name}");
        }
        assert!(find("word2vec").is_none());
        assert!(find("").is_none());
    }

    #[test]
    fn names_that_resemble_are_offered() {
        assert!(near("multilingual-e5").iter().any(|name| name == "multilingual-e5-small"));
        assert!(near("bge-small").iter().any(|name| name == "bge-small-en-v1.5"));
        assert!(near("zzz").is_empty());
    }

    /// Holds the table still, one model of each family. Prefixes of E5, nomic, EmbeddingGemma and
    /// BGE as others quote their cards; poolings are fastembed's.
    #[test]
    fn pooling_and_prefix_stay_as_they_were_settled() {
        let of = |name: &str| {
            let entry = find(name).unwrap();
            (entry.pooling, entry.prefix)
        };
        assert_eq!(of("all-MiniLM-L6-v2"), (Pooling::Mean, ""));
        assert_eq!(of("bge-small-en-v1.5"), (Pooling::Cls, ""));
        assert_eq!(of("bge-m3"), (Pooling::Cls, ""));
        assert_eq!(of("multilingual-e5-large"), (Pooling::Mean, "query: "));
        assert_eq!(of("nomic-embed-text-v1.5-q"), (Pooling::Mean, "clustering: "));
        assert_eq!(of("mxbai-embed-large-v1"), (Pooling::Cls, ""));
        assert_eq!(of("gte-large-en-v1.5"), (Pooling::Cls, ""));
        assert_eq!(of("snowflake-arctic-embed-l-q"), (Pooling::Cls, ""));
        assert_eq!(of("embeddinggemma-300m-q"), (Pooling::Mean, "task: clustering | query: "));
        assert_eq!(of("jina-embeddings-v2-base-en"), (Pooling::Mean, ""));
    }
}
