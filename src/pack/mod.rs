//! Packs: a manifest and rule files, loaded through the only door to the outside.
//!
//! In: a pack's name and a [`Loader`]. Out: manifests, texts and digests of the pack and all it imports, imports first.
//! Nothing here reads a file itself.

mod digest;
mod loaded;
mod loader;
mod manifest;

pub use digest::digest;
pub use loaded::{LoadedPack, load_all};
pub use loader::{LoadError, Loader, MemoryLoader, PackFiles};
pub use manifest::{DefaultStatus, Manifest};
