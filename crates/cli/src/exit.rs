use std::io;
use std::process::ExitCode;

use lenity::diagnostic::Text;

use crate::output::Output;

/// How the program ends. A heavier end hides a lighter one when several cases are given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Exit {
    /// Everything asked for was done, and there is nothing to report.
    Fine = 0,
    /// Rules with mistakes, or a case that cannot be determined yet.
    Findings = 1,
    /// The command was not used as it is meant.
    WrongUse = 2,
    /// Rules or a case with errors, or a file that cannot be read.
    Refused = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a command stopped before it could do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The arguments make no sense together.
    WrongUse(Text),
    /// Something given cannot be used.
    Refused(Text),
    /// Writing failed.
    Write(io::Error),
}

impl Failure {
    /// Says why, as far as anything can still be written.
    pub(crate) fn report(&self, output: &mut Output) -> Exit {
        let (text, exit) = match self {
            Failure::WrongUse(text) => (text.clone(), Exit::WrongUse),
            Failure::Refused(text) => (text.clone(), Exit::Refused),
            Failure::Write(error) => (
                Text::new(format!("不能写出结果：{error}"), format!("cannot write the result: {error}")),
                Exit::Refused,
            ),
        };
        // When standard error is gone too, the exit code is all that is left to say it with.
        let _unsaid = output.error(&text);
        exit
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Write(error)
    }
}
