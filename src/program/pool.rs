use std::sync::Arc;

use indexmap::IndexSet;

use crate::source::Provision;
use crate::value::{ProvisionId, TextId};

/// The texts and provisions that values name. A case adds its own to those of the rules, so that equal ones have one id.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pool {
    texts: IndexSet<Arc<str>>,
    provisions: IndexSet<Vec<Provision>>,
}

impl Pool {
    /// The id of a text, which is added when it is new.
    pub fn text_id(&mut self, text: &str) -> TextId {
        TextId(u32::try_from(self.texts.insert_full(text.into()).0).unwrap_or(u32::MAX))
    }

    /// The id of one or more provisions, which are added when they are new.
    pub fn provision_id(&mut self, provisions: Vec<Provision>) -> ProvisionId {
        ProvisionId(u32::try_from(self.provisions.insert_full(provisions).0).unwrap_or(u32::MAX))
    }

    /// A text by id.
    #[must_use]
    pub fn text(&self, id: TextId) -> Option<&str> {
        self.texts.get_index(usize::try_from(id.0).ok()?).map(AsRef::as_ref)
    }

    /// Provisions by id.
    #[must_use]
    pub fn provisions(&self, id: ProvisionId) -> &[Provision] {
        usize::try_from(id.0).ok().and_then(|index| self.provisions.get_index(index)).map_or(&[], Vec::as_slice)
    }

    /// Whether two are the same: one of either is one of the other. `None` when that cannot be said.
    #[must_use]
    pub fn is_same(&self, one: ProvisionId, other: ProvisionId) -> Option<bool> {
        let pairs = self.provisions(one).iter().flat_map(|a| self.provisions(other).iter().map(|b| a.is_same(b)));
        let mut open = false;
        for same in pairs {
            match same {
                Some(true) => return Some(true),
                Some(false) => {}
                None => open = true,
            }
        }
        (!open).then_some(false)
    }
}
