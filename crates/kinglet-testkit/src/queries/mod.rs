//! Queries drawn at random over the fixture tables: every clause, by seed. The answers are those of a real
//! ClickHouse; a run over a few thousand queries says which proportion is equal, and what the rest has in common.

mod dice;
mod expression;
mod kinds;
mod rows;
mod tables;

use dice::Dice;

/// `count` queries of a seed, each on one line.
pub fn queries(seed: u64, count: usize) -> Vec<String> {
    (0..count).map(|at| query(seed.wrapping_mul(1_000_003).wrapping_add(at as u64), at)).collect()
}

/// The query at a place; places take turns among the kinds of queries.
fn query(seed: u64, at: usize) -> String {
    let mut dice = Dice::new(seed);
    let draw = kinds::KINDS.get(at % kinds::KINDS.len()).copied().unwrap_or(rows::plain);
    let text = draw(&mut dice);
    debug_assert!(!text.contains('\n'), "a query is one line");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_queries_and_all_of_them_parse() {
        let drawn = queries(7, 2_000);
        assert_eq!(drawn, queries(7, 2_000));
        assert_ne!(drawn, queries(8, 2_000));
        for sql in &drawn {
            let parsed = kinglet_parser::parse(sql).into_result();
            let refused = sql.ends_with("LIMIT 1 WITH TIES");
            assert!(parsed.is_ok() || refused, "{sql}: {parsed:?}");
        }
    }
}
