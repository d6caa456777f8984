//! How fast answers are embedded, against fastembed's own default call, and how well the bundled
//! int8 model agrees with the full-precision one.
//!
//!     cargo run --release --example embedding_speed -- MODEL_FP32.onnx INTERVIEWS…
//!
//! In one process, after a warm-up of each: 1,000 answers (evenly spaced over the interviews)
//! through this program's pool of single-threaded int8 sessions, and through fastembed's default,
//! which is the full-precision model on all cores in batches of 256, unsorted. `models/README.md`
//! says how the full-precision file is made.

use std::path::PathBuf;
use std::time::Instant;

use fastembed::{InitOptionsUserDefined, Pooling, TextEmbedding, UserDefinedEmbeddingModel};
use leitmotif::corpus::{InputSpec, ReadOptions, read};
use leitmotif::embed::onnx::{ModelFiles, OnnxEmbedder};
use leitmotif::embed::{embed_texts, runtime};

const ANSWERS: usize = 1000;
const WARM_UP: usize = 64;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let model = PathBuf::from(arguments.next().ok_or("usage: embedding_speed MODEL_FP32.onnx INTERVIEWS…")?);
    let inputs: Vec<InputSpec> = arguments.map(|argument| InputSpec::parse(&argument)).collect();
    let corpus = read(&inputs, &ReadOptions::default())?;
    let all: Vec<&str> = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text).collect();
    let n = ANSWERS.min(all.len());
    let texts: Vec<&str> = (0..n).map(|i| all[i * all.len() / n]).collect();
    let words: usize = texts.iter().map(|text| leitmotif::corpus::words(text)).sum();
    println!("{n} answers, {:.0} words on average, {} threads", words as f64 / n as f64, rayon::current_num_threads());

    let files = ModelFiles::bundled();
    let embedder = OnnxEmbedder::new(files.clone(), None, rayon::current_num_threads());
    embed_texts(&embedder, None, &texts[..WARM_UP.min(n)], &mut ())?;
    let start = Instant::now();
    let ours = embed_texts(&embedder, None, &texts, &mut ())?;
    let our_seconds = start.elapsed().as_secs_f64();

    let fp32 = UserDefinedEmbeddingModel::new(std::fs::read(model)?, files.tokenizer).with_pooling(Pooling::Mean);
    let options = InitOptionsUserDefined::new().with_environment(runtime::environment(None)?).with_max_length(256);
    let mut default = TextEmbedding::try_new_from_user_defined(fp32, options)?;
    default.embed(&texts[..WARM_UP.min(n)], None)?;
    let start = Instant::now();
    let theirs = default.embed(&texts, None)?;
    let their_seconds = start.elapsed().as_secs_f64();

    // fastembed cuts long texts where this program embeds them in pieces: no matter of precision.
    let whole = ours.vectors.outer_iter().zip(&theirs).zip(&ours.split).filter(|(_, split)| !**split);
    let mut cosines: Vec<f64> = whole
        .map(|(pair, _)| pair)
        .map(|(a, b)| a.iter().zip(b).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum())
        .collect();
    cosines.sort_by(f64::total_cmp);
    println!("{:<44}{:>10}{:>12}", "", "seconds", "answers/s");
    println!("{:<44}{our_seconds:>10.2}{:>12.0}", "leitmotif: int8, one text a call", n as f64 / our_seconds);
    println!(
        "{:<44}{their_seconds:>10.2}{:>12.0}",
        "fastembed default: fp32, batches of 256",
        n as f64 / their_seconds
    );
    println!("ratio {:.1}", their_seconds / our_seconds);
    let kept = cosines.len();
    println!(
        "cosine int8 against fp32: mean {:.4}, 1st percentile {:.4}, lowest {:.4} ({kept} answers; {} longer than the \
         window left out)",
        cosines.iter().sum::<f64>() / kept as f64,
        cosines[kept / 100],
        cosines[0],
        n - kept
    );
    Ok(())
}
