use super::document::{Line, Role, Row};
use super::reader::Reader;
use crate::evaluate::{CandidateResult, Referred};
use crate::program::{FineMeanwhile, ReferralKind};

/// What is said of a referral: to whom, for what, and what becomes of the fine.
impl Reader<'_> {
    /// The answer when the fine waits for a referral.
    pub(crate) fn referred(&self, result: &CandidateResult) -> Line {
        let waiting = result.referrals.iter().filter(|each| each.fine == FineMeanwhile::Waits);
        let to = Line::list(waiting.map(|each| self.refer_to(each)), self.pick("、", ", "));
        Line::plain(self.pick("移送", "referred to "))
            .join(to)
            .text(self.pick("；罚款暂缓，现在不作罚款决定", "; the fine waits, and none is to be imposed now"))
    }

    /// What a referral is for.
    pub(crate) fn referral_kind(&self, kind: ReferralKind) -> &'static str {
        match kind {
            ReferralKind::Crime => self.lang.pick("涉嫌犯罪移送", "referral for a suspected crime"),
            ReferralKind::Detention => self.lang.pick("行政拘留移送", "referral for detention"),
            ReferralKind::Other => self.lang.pick("其他移送", "another referral"),
        }
    }

    fn refer_to(&self, referred: &Referred) -> Line {
        Line::of(Role::Strong, referred.refer_to.get(self.lang).unwrap_or_default())
    }

    /// One referral with its grounds.
    pub(crate) fn referral(&self, referred: &Referred) -> Line {
        let what = match referred.kind {
            ReferralKind::Crime => self.pick("涉嫌犯罪：", "suspected crime: "),
            ReferralKind::Detention => self.pick("行政拘留：", "detention: "),
            ReferralKind::Other => "",
        };
        let mut line = Line::plain(self.pick("移送", "refer to "))
            .join(self.refer_to(referred))
            .text(self.semicolon())
            .text(what)
            .join(self.named_with_citation(referred.rule));
        if !referred.grounds.is_empty() {
            let grounds = referred.grounds.iter().map(|rule| self.named_with_citation(*rule));
            line = line.text(self.pick("；情形：", "; on the ground of ")).join(Line::list(grounds, self.semicolon()));
        }
        line.text(match referred.fine {
            FineMeanwhile::Waits => self.pick("；罚款暂缓", "; the fine waits"),
            FineMeanwhile::Continues => self.pick("；罚款照常", "; the fine is imposed all the same"),
        })
    }

    /// The referrals that are due, and what a fine that waits would come to.
    pub(crate) fn referrals(&self, result: &CandidateResult) -> Vec<Row> {
        let mut rows = Vec::new();
        if !result.referrals.is_empty() {
            rows.push(self.row(
                "应当移送",
                "Must be referred",
                result.referrals.iter().map(|each| self.referral(each)).collect(),
            ));
        }
        if let Some(fine) = result.waiting {
            let line = match fine.amount {
                Some(amount) => Line::of(Role::Money, self.money(amount)),
                None => Line::of(Role::Money, self.range(fine.range)),
            };
            rows.push(self.row(
                "案件退回后的罚款",
                "Fine if the case comes back",
                vec![line.text(self.pick(
                    "（现在不得决定；未审查不予处罚的事由）",
                    " (not to be imposed now; leniency not examined)",
                ))],
            ));
        }
        rows
    }
}
