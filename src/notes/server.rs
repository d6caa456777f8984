//! Notes by a language model behind an OpenAI-compatible chat server.
//!
//! In: passages, and a server that the user named. Out: their notes, each as soon as it comes also in the cache,
//! so that a run that was killed asks for none again. A passage goes with its question and with what stands
//! around it in its answer, and with nothing else: no names, no ids. What the server answers is taken when it is
//! a note; otherwise it is asked again, a few times, and then that passage has none. A server that gives none
//! at all ends the run.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use serde::Serialize;

use super::policy::{
    ATTEMPTS, FAILED_IN_A_ROW, PROMPT, PROMPT_OF_SEVERAL, PROMPT_VERSION, REQUESTS, SERVER_FAULTS_IN_A_BATCH,
};
use super::{NoteError, NoteSource, Notes, NotesFrom, Passage, excerpt, reply};
use crate::embed::cache::Cache;
use crate::remote::{Client, RemoteError, chat};

/// Hears how far the asking is.
pub(crate) trait NoteProgress {
    /// `wanted` passages are going to be sent to `address` for `model`; `known` have their note from an earlier
    /// run. Called once, also where nothing is wanted.
    fn begins(&mut self, wanted: usize, known: usize, model: &str, address: &str);
    /// `done` of `total` have been answered for.
    fn noted(&mut self, done: usize, total: usize);
}

/// A language model that writes notes.
pub(crate) struct NoteServer<'a> {
    asker: Asker,
    cache: Option<&'a Cache>,
    progress: &'a mut dyn NoteProgress,
}

/// What goes to the server and comes back, from several threads.
struct Asker {
    client: Client,
    /// Passages in a request.
    batch: usize,
}

/// What is sent of a passage.
#[derive(Serialize)]
struct Asked {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    #[serde(skip_serializing_if = "String::is_empty")]
    question: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    passage: String,
}

impl Asked {
    fn new(passage: &Passage) -> Self {
        Self {
            number: None,
            question: excerpt::question(&passage.question),
            context: excerpt::context(passage.answer, passage.at, passage.end.saturating_sub(passage.start)),
            passage: passage.text.to_owned(),
        }
    }

    /// What the note depends on, for the cache.
    fn key(&self, model: &str) -> Vec<u8> {
        serde_json::to_vec(&("margin note", PROMPT_VERSION, model, self)).unwrap_or_default() // strings alone: it cannot fail
    }
}

/// Several in one request.
#[derive(Serialize)]
struct Batch<'a> {
    passages: Vec<&'a Asked>,
}

/// Why a passage has no note.
enum Fault {
    Server(RemoteError),
    Unusable(String),
}

impl Fault {
    fn reason(&self) -> String {
        match self {
            Self::Server(error) => error.to_string(),
            Self::Unusable(reason) => reason.clone(),
        }
    }
}

/// The note on the passage with this number; empty where it says nothing.
type Answer = (usize, Result<String, Fault>);

impl Asker {
    /// The note on one passage; an answer that is none is asked for again, with another seed.
    fn ask_one(&self, asked: &Asked, stop: &AtomicBool) -> Result<String, Fault> {
        let mut fault = Fault::Unusable("nothing was asked".into());
        for attempt in 0..ATTEMPTS {
            let request = chat::request(self.client.model(), PROMPT, asked, chat::SEED + attempt);
            let body = self.client.ask(&request, asked.passage.chars().count(), stop).map_err(Fault::Server)?;
            match reply::note(&body) {
                Ok(note) => return Ok(note),
                Err(reason) => fault = Fault::Unusable(reason),
            }
            if stop.load(Ordering::Relaxed) {
                break;
            }
        }
        Err(fault)
    }

    /// The notes on a few passages, in one request where they are several; where its answer does not fit, one
    /// by one.
    fn ask(&self, asked: &[Asked], job: &[usize], stop: &AtomicBool) -> Vec<Answer> {
        if job.len() > 1 {
            let numbered: Vec<Asked> = (1..)
                .zip(job)
                .map(|(number, &at)| {
                    let Asked { question, context, passage, .. } = &asked[at];
                    let (question, context) = (question.clone(), context.clone());
                    Asked { number: Some(number), question, context, passage: passage.clone() }
                })
                .collect();
            let prompt = format!("{PROMPT}{PROMPT_OF_SEVERAL}");
            let batch = Batch { passages: numbered.iter().collect() };
            let request = chat::request(self.client.model(), &prompt, &batch, chat::SEED);
            let longest = job.iter().map(|&at| asked[at].passage.chars().count()).max().unwrap_or(0);
            let answer = self.client.ask(&request, longest, stop).ok();
            if let Some(notes) = answer.and_then(|body| reply::notes(&body, job.len()).ok()) {
                return job.iter().copied().zip(notes.into_iter().map(Ok)).collect();
            }
        }
        let (mut in_a_row, mut gone) = (0, None);
        let mut one = |at: usize| match &gone {
            Some(reason) => Err(Fault::Unusable(String::clone(reason))),
            None => {
                let answer = self.ask_one(&asked[at], stop);
                in_a_row = if matches!(answer, Err(Fault::Server(_))) { in_a_row + 1 } else { 0 };
                if let Err(fault) = &answer
                    && in_a_row >= if self.client.has_answered() { SERVER_FAULTS_IN_A_BATCH } else { 1 }
                {
                    gone = Some(fault.reason());
                }
                answer
            }
        };
        let unless_stopped = job.iter().take_while(|_| !stop.load(Ordering::Relaxed));
        unless_stopped.map(|&at| (at, one(at))).collect()
    }

    /// Asks for all of `wanted`, a few requests at a time, and hands each answer to `sink` as it comes, until
    /// that says that it is enough.
    fn ask_all(&self, asked: &[Asked], wanted: &[usize], sink: &mut dyn FnMut(Answer) -> bool) {
        let stop = AtomicBool::new(false);
        // The first goes alone: a server that is not there is asked once.
        let (first, rest) = wanted.split_at(self.batch.min(wanted.len()));
        if !self.ask(asked, first, &stop).into_iter().all(&mut *sink) {
            return;
        }
        let jobs: Vec<&[usize]> = rest.chunks(self.batch).collect();
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::sync_channel(REQUESTS);
            for _ in 0..REQUESTS.min(jobs.len()) {
                let (sender, jobs, next, stop) = (sender.clone(), &jobs, &next, &stop);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                        if sender.send(self.ask(asked, job, stop)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            for answers in receiver {
                for answer in answers {
                    // What comes after the end was asked before it, and is kept.
                    if !sink(answer) {
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            }
        });
    }
}

impl<'a> NoteServer<'a> {
    /// With a server, which gets `batch` passages in a request; nothing is sent yet. Notes that `cache` knows are
    /// not asked for.
    pub(crate) fn new(
        client: Client,
        batch: usize,
        cache: Option<&'a Cache>,
        progress: &'a mut dyn NoteProgress,
    ) -> Self {
        Self { asker: Asker { client: client.keeping(cache.is_some()), batch: batch.max(1) }, cache, progress }
    }

    /// Asks for `wanted`, and fills `answers`, by their numbers. Gives the last reason why one has none.
    fn fill(
        &mut self,
        asked: &[Asked],
        keys: &[Vec<u8>],
        wanted: &[usize],
        answers: &mut [Option<String>],
    ) -> Result<Option<String>, NoteError> {
        let (mut done, mut in_a_row, mut given) = (0, 0, answers.iter().flatten().count());
        let (mut reason, mut server) = (None, None);
        let mut out = false;
        let Self { asker, cache, progress } = self;
        progress.noted(0, wanted.len());
        asker.ask_all(asked, wanted, &mut |(at, answer)| {
            done += 1;
            match answer {
                Ok(note) => {
                    if let Some(cache) = cache {
                        cache.put_answer(&keys[at], &note);
                    }
                    answers[at] = Some(note);
                    (given, in_a_row, server) = (given + 1, 0, None);
                }
                Err(_) if out => {}
                Err(fault) => {
                    // A server that has never answered is not there, or not as it is named.
                    out = in_a_row + 1 >= FAILED_IN_A_ROW || (given == 0 && matches!(fault, Fault::Server(_)));
                    in_a_row += 1;
                    reason = Some(fault.reason());
                    if let Fault::Server(error) = fault {
                        server = Some(error);
                    }
                }
            }
            progress.noted(done, wanted.len());
            !out
        });
        match (out, server, reason) {
            (true, Some(error), _) => Err(error.into()),
            (true, None, Some(reason)) => {
                let (model, batch, kept) = (asker.client.model().into(), asker.batch, asker.client.keeps());
                Err(NoteError::Unable { count: in_a_row, model, reason, batch, kept })
            }
            (_, _, reason) => Ok(reason),
        }
    }
}

impl NoteSource for NoteServer<'_> {
    fn notes(&mut self, passages: &[Passage]) -> Result<Notes, NoteError> {
        let model = self.asker.client.model().to_string();
        let address = self.asker.client.address().shown().to_string();
        // The same words in the same place are asked for once.
        let mut asked: Vec<Asked> = Vec::new();
        let mut keys: Vec<Vec<u8>> = Vec::new();
        let mut number_of: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut place = |passage: &Passage| {
            let one = Asked::new(passage);
            let key = one.key(&model);
            *number_of.entry(key.clone()).or_insert_with(|| {
                asked.push(one);
                keys.push(key);
                asked.len() - 1
            })
        };
        let places: Vec<Option<usize>> = passages.iter().map(|p| (!p.excluded).then(|| place(p))).collect();
        let mut answers = self.cache.map_or_else(|| vec![None; keys.len()], |cache| cache.answers(&keys));
        let wanted: Vec<usize> = (0..keys.len()).filter(|&at| answers[at].is_none()).collect();
        self.progress.begins(wanted.len(), keys.len() - wanted.len(), &model, &address);
        let reason = if wanted.is_empty() { None } else { self.fill(&asked, &keys, &wanted, &mut answers)? };
        let answer = |place: &Option<usize>| place.and_then(|at| answers[at].as_deref());
        let failed: Vec<usize> =
            (0..places.len()).filter(|&at| places[at].is_some() && answer(&places[at]).is_none()).collect();
        let problem = reason.map(|reason| match failed.len() {
            1 => format!("one passage has no note from {model}: {reason}"),
            n => format!("{n} passages have no note from {model}, the last because {reason}"),
        });
        Ok(Notes {
            of: places.iter().map(|place| answer(place).filter(|note| !note.is_empty()).map(str::to_owned)).collect(),
            without_content: places.iter().filter(|place| answer(place) == Some("")).count(),
            failed,
            from: NotesFrom::Model { model, address, prompt: PROMPT_VERSION, batch: self.asker.batch },
            problem,
        })
    }
}
