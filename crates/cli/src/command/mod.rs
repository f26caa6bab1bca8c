//! The sub-commands, one file each.

mod check;
mod code;
mod difference;
mod evaluate;
mod explain;
mod fmt;

use clap::Subcommand;

use crate::exit::{Exit, Failure};
use crate::output::Output;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Evaluate(evaluate::Evaluate),
    Explain(explain::Explain),
    Check(check::Check),
    Difference(difference::Compare),
    #[command(name = "fmt")]
    Format(fmt::Format),
    Code(code::CodePage),
}

impl Command {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        match self {
            Command::Evaluate(command) => command.run(output),
            Command::Explain(command) => command.run(output),
            Command::Check(command) => command.run(output),
            Command::Difference(command) => command.run(output),
            Command::Format(command) => command.run(output),
            Command::Code(command) => command.run(output),
        }
    }
}
