//! The same work on many things, on as many threads as the machine has. The results are in the order of the things, so that
//! nobody sees how many threads there were.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Fewer things than this are not worth a second thread.
const FEW: usize = 16;

/// What `work` gives for each number below `count`. Where no thread can be started, such as on WebAssembly, this one does all.
pub(super) fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let more =
        if count < FEW { 0 } else { thread::available_parallelism().map_or(0, NonZeroUsize::get).saturating_sub(1) };
    let mut done = thread::scope(|scope| {
        let started: Vec<_> = (0..more).filter_map(|_| thread::Builder::new().spawn_scoped(scope, run).ok()).collect();
        let mut done = run();
        for thread in started {
            match thread.join() {
                Ok(others) => done.extend(others),
                // What went wrong there goes wrong here, and is not taken for an answer.
                Err(cause) => std::panic::resume_unwind(cause),
            }
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_are_in_the_order_of_the_things() {
        for count in [0, 1, 15, 16, 500] {
            assert_eq!(each(count, |number| number * 2), (0..count).map(|number| number * 2).collect::<Vec<_>>());
        }
    }
}
