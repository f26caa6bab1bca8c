//! How long loading and checking rules of the size of a province take:
//! `cargo run --release -p lenity-bench --example verify`. On a machine that others use, the time of the processor, where the
//! system tells it, says more than that of the clock.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot start has nothing to measure")]
#![allow(clippy::disallowed_types, reason = "the clock is what is read here, and no result depends on it")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lenity::diagnostic::Code;
use lenity::{MemoryLoader, Ruleset};
use lenity_bench::scale::{BENCHMARKS, TABLE, large_table, many_benchmarks};

fn main() {
    let asked: Option<usize> = std::env::args().nth(1).map(|count| count.parse().unwrap());
    let violations = asked.unwrap_or(1_000);
    measure(&format!("{violations} violations"), &many_benchmarks(violations), BENCHMARKS);
    if asked.is_none() {
        measure("table of 8,000 rows", &large_table(), TABLE);
    }
}

fn measure(name: &str, loader: &MemoryLoader, pack: &str) {
    let start = Times::now();
    let ruleset = match Ruleset::load(loader, pack) {
        Ok(compiled) => compiled.ruleset,
        Err(diagnostics) => {
            for diagnostic in diagnostics.iter().take(3) {
                println!("{} {}", diagnostic.code.name(), diagnostic.message.en);
            }
            return;
        }
    };
    let loaded = start.elapsed();
    let start = Times::now();
    let findings = ruleset.verify();
    let verified = start.elapsed();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &findings {
        *codes.entry(finding.diagnostic.code.name()).or_default() += 1;
    }
    let undecided = codes.get(&Code::NotDecided.name()).copied().unwrap_or(0);
    println!("{name}: loaded in {loaded}, checked in {verified}, not decided: {undecided}, found: {codes:?}");
    for finding in findings.iter().filter(|finding| finding.diagnostic.code == Code::NotDecided).take(3) {
        println!(
            "    {}: {}",
            finding.diagnostic.message.en,
            finding.diagnostic.why.as_ref().map_or("", |why| &*why.en)
        );
    }
}

struct Times {
    clock: Instant,
    processor: Option<Duration>,
}

impl Times {
    fn now() -> Self {
        Times { clock: Instant::now(), processor: processor() }
    }

    fn elapsed(&self) -> String {
        let clock = self.clock.elapsed();
        match processor().zip(self.processor) {
            Some((now, before)) => format!("{clock:.2?} (processor {:.2?})", now.saturating_sub(before)),
            None => format!("{clock:.2?}"),
        }
    }
}

/// The time this process has had a processor, where Linux tells it.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
