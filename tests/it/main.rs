//! Tests of the whole program, in one binary: what takes time is compiling and linking them.
//!
//! `cargo test --release --test it NAME::` runs one file of them. Slow ones are ignored unless asked for (`make
//! test-slow`).

mod common;

mod alignment;
mod architecture;
mod assign;
mod cases;
mod codebook;
mod coding;
mod compare;
mod cue_formats;
mod embed_server;
mod errors;
mod evaluate;
mod exports;
mod findings;
mod given_vectors;
mod headlines;
mod hostile_names;
mod interrupted;
mod label_server;
mod mcp;
mod models;
mod notes;
mod office_formats;
mod progress;
mod project_round_trip;
mod pseudonyms;
mod public_interviews;
mod qda_programs;
mod reading_report;
mod record_formats;
mod report;
mod report_work;
mod safety;
mod same_interview;
mod sample_studies;
mod totals;
