//! `lenity`, the command line: it reads files, calls the library, writes text and sets the exit code.

mod arguments;
mod case_file;
mod command;
mod diagnostics;
mod exit;
mod fix;
mod folder;
mod language;
mod output;
mod pack;
mod page;
mod recommend;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use language::Language;
use output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = Language::chosen(arguments.lang);
    let mut output = Output::new(lang, arguments.color);
    match arguments.command.run(&mut output) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(&mut output).into(),
    }
}
