//! A writer for archives, which write on when they are dropped after a failure.
//!
//! In: bytes. Out: the same, until a write fails. The failure is told once and kept; what comes after
//! it goes nowhere and meets no second failure, so a zip that is given up ends in silence.

use std::io::{self, Write};

use super::ExportError;

pub(super) struct FailsOnce<'o> {
    out: &'o mut (dyn Write + Send),
    failure: Option<io::Error>,
}

impl<'o> FailsOnce<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Self {
        Self { out, failure: None }
    }

    /// The result of a step that wrote here: where writing failed, the system's own reason stands for
    /// whatever the step made of it.
    pub(super) fn outcome<T>(self, result: Result<T, ExportError>) -> Result<T, ExportError> {
        match self.failure {
            Some(failure) => Err(ExportError::Write(failure)),
            None => result,
        }
    }

    fn kept(&mut self, failure: io::Error) -> io::Error {
        let told = failure.kind().into();
        self.failure = Some(failure);
        told
    }
}

impl Write for FailsOnce<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Ok(bytes.len());
        }
        match self.out.write(bytes) {
            // Not a failure: whoever writes tries again.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            result => result.map_err(|error| self.kept(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failure.is_some() {
            return Ok(());
        }
        self.out.flush().map_err(|error| self.kept(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_failure_is_kept_and_no_other_met() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full"))
            }
            fn flush(&mut self) -> io::Result<()> {
                panic!("flushed after a failure")
            }
        }
        let mut full = Full;
        let mut out = FailsOnce::new(&mut full);
        assert_eq!(out.write(b"a").unwrap_err().kind(), io::ErrorKind::StorageFull);
        out.write_all(b"b").unwrap();
        out.flush().unwrap();
        let outcome = out.outcome(Err::<(), _>(ExportError::Write(io::Error::other("zip"))));
        assert_eq!(outcome.unwrap_err().to_string(), "failed to write the export: the disk is full");
    }
}
