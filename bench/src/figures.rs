//! What measurements come to.

use serde::Serialize;

/// Times of many requests of one round, in microseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Latency {
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) requests: usize,
}

impl Latency {
    /// Of times in nanoseconds; zeros if there are none.
    pub(crate) fn of(mut nanoseconds: Vec<u32>) -> Self {
        nanoseconds.sort_unstable();
        let at = |percent: usize| {
            let index = nanoseconds.len().saturating_sub(1) * percent / 100;
            f64::from(nanoseconds.get(index).copied().unwrap_or(0)) / 1_000.0
        };
        Self {
            p50: at(50),
            p99: at(99),
            requests: nanoseconds.len(),
        }
    }
}

/// The middle one of some numbers; the mean of two if there are two such. Zero of none.
pub(crate) fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_unstable_by(f64::total_cmp);
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0.0);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 {
        at(middle)
    } else {
        f64::midpoint(at(middle.saturating_sub(1)), at(middle))
    }
}

/// One number as a multiple of another; zero where there is nothing to compare with.
pub(crate) fn ratio(number: f64, to: f64) -> f64 {
    if to > 0.0 { number / to } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles() {
        assert!((median([3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median([]).abs() < f64::EPSILON);
        let latency = Latency::of((1..=101).map(|n| n * 1_000).rev().collect());
        assert!((latency.p50 - 51.0).abs() < f64::EPSILON);
        assert!((latency.p99 - 100.0).abs() < f64::EPSILON);
    }
}
