//! The command line as a user meets it: arguments in; text and exit code out.

mod check;
mod code;
mod evaluate;
mod folder;
mod refused;
mod run;
