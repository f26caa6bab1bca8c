use clap::Args;
use lenity::render::Detail;

use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::recommend::{self, CasesAndPack};

/// Recommend a penalty, with every step that leads to it
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    given: CasesAndPack,
}

impl Explain {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        recommend::run(&self.given, Detail::Full, output)
    }
}
