use clap::Parser;

use crate::command::Command;
use crate::language::Language;
use crate::output::Color;

/// Penalty discretion as code: what penalty the rules recommend for a case, and why.
#[derive(Debug, Parser)]
#[command(name = "lenity", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Language of everything written; that of LC_ALL, LC_MESSAGES or LANG when not given
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<Language>,

    /// When to use colour; auto means on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: Color,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  findings: rules with mistakes, or a case that cannot be determined yet
  2  wrong use of a command
  3  input refused: rules or a case with errors, or a file that cannot be read";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Arguments;

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
