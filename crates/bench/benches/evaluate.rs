//! Loading a pack and evaluating cases.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot start has nothing to measure")]

use divan::{Bencher, black_box_drop};
use lenity::{Case, Ruleset};
use lenity_bench::{CASE, PACK, many_violations};
use lenity_packs::BuiltIn;

const WATER: &str = include_str!("../../../examples/water-over-standard.toml");

/// An evaluation takes microseconds, so that one alone says little.
const EVALUATIONS: u32 = 100;

fn main() {
    divan::main();
}

/// The shipped case of an exceedance in Guangdong, with its full trail.
#[divan::bench(sample_size = EVALUATIONS)]
fn evaluate_water(bencher: Bencher) {
    let ruleset = Ruleset::load(&BuiltIn, "cn-gd").unwrap().ruleset;
    let case = Case::from_toml(&ruleset, "water-over-standard.toml", WATER).unwrap();
    // Dropped at once, as a case system does: kept, a hundred trails would measure the allocator.
    bencher.bench(|| black_box_drop(ruleset.evaluate(&case)));
}

/// The same without a trail.
#[divan::bench(sample_size = EVALUATIONS)]
fn evaluate_water_no_trail(bencher: Bencher) {
    let ruleset = Ruleset::load(&BuiltIn, "cn-gd").unwrap().ruleset;
    let case = Case::from_toml(&ruleset, "water-over-standard.toml", WATER).unwrap();
    bencher.bench(|| black_box_drop(ruleset.evaluate_without_explanation(&case)));
}

/// Reading and checking that case.
#[divan::bench]
fn read_water(bencher: Bencher) {
    let ruleset = Ruleset::load(&BuiltIn, "cn-gd").unwrap().ruleset;
    bencher.bench(|| Case::from_toml(&ruleset, "water-over-standard.toml", WATER));
}

/// Guangdong and all it imports, from text to a compiled rule set.
#[divan::bench]
fn load_cn_gd() -> Ruleset {
    Ruleset::load(&BuiltIn, "cn-gd").unwrap().ruleset
}

/// One case among more and more violations that do not concern it: the time must not grow.
#[divan::bench(args = [10, 100, 1000], sample_size = EVALUATIONS)]
fn evaluate_among(bencher: Bencher, violations: usize) {
    let ruleset = Ruleset::load(&many_violations(violations), PACK).unwrap().ruleset;
    let case = Case::from_toml(&ruleset, "many.toml", CASE).unwrap();
    bencher.bench(|| black_box_drop(ruleset.evaluate(&case)));
}
