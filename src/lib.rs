//! Penalty discretion as code.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod case;
pub mod diagnostic;
pub mod evaluate;
pub mod program;
pub mod source;
pub mod syntax;
pub mod trail;
pub mod value;
