//! A saved analysis answers an assistant: the Model Context Protocol over two streams.
//!
//! In: an [`Analysis`](crate::analysis::Analysis), and JSON-RPC messages, one a line. Out: an answer to each
//! request, one a line: what was counted and quoted, by the same functions as in every other output. `protocol` takes
//! messages apart and puts them together, `session` decides what a message asks for, and `answers` has a file for
//! each tool. Nothing is written, nothing is sent elsewhere, and a message that makes no sense never ends the session.

mod answers;
mod policy;
mod protocol;
mod session;

pub(crate) use session::serve;
