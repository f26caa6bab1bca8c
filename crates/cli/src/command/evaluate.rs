use clap::Args;
use lenity::render::Detail;

use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::recommend::{self, CasesAndPack};

/// Recommend a penalty, with its main reasons
#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    #[command(flatten)]
    given: CasesAndPack,
}

impl Evaluate {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        recommend::run(&self.given, Detail::Short, output)
    }
}
