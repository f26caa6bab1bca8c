/// The candidate nearest to what was written, when it is near enough to be a slip of the hand.
///
/// Names of up to three characters allow one edit, longer ones a third of their length; ties go to the first in order.
///
/// ```
/// use lenity::diagnostic::did_you_mean;
/// assert_eq!(did_you_mean("超标倍书", ["超标倍数", "日排放量"]), Some("超标倍数"));
/// assert_eq!(did_you_mean("排放口", ["超标倍数", "日排放量"]), None);
/// ```
#[must_use]
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written && candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::osa_distance(written, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
