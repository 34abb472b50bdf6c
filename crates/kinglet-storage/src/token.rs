//! Deduplication tokens: the last inserts into a table, by name.

use std::collections::HashSet;
use std::sync::Arc;

/// Hashes of the last tokens: at least so many as asked for, at most twice that.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenWindow {
    recent: Vec<u128>,
    older: Arc<HashSet<u128>>,
}

/// FNV-1a with 128 bits: tokens are few and chosen by friends.
pub(crate) fn hash_token(token: &str) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    token.bytes().fold(BASIS, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

impl TokenWindow {
    pub(crate) fn contains(&self, token: u128) -> bool {
        self.recent.contains(&token) || self.older.contains(&token)
    }

    pub(crate) fn insert(&mut self, token: u128, window: usize) {
        self.recent.push(token);
        if self.recent.len() >= window.max(1) {
            self.older = Arc::new(std::mem::take(&mut self.recent).into_iter().collect());
        }
    }

    /// All tokens, the last inserted last.
    pub(crate) fn all(&self) -> impl Iterator<Item = u128> {
        self.older.iter().chain(&self.recent).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.older.len() + self.recent.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_remembers_as_many_tokens_as_asked_for() {
        let mut window = TokenWindow::default();
        for i in 0..25 {
            window.insert(hash_token(&i.to_string()), 10);
        }
        let remembered: Vec<bool> = (0..25).map(|i| window.contains(hash_token(&i.to_string()))).collect();
        assert!(remembered[15..].iter().all(|found| *found), "{remembered:?}");
        assert!(window.len() <= 20);
    }
}
