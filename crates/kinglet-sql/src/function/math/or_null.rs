//! Divisions that answer NULL for a divisor of zero.

use kinglet_types::Result;

use crate::function::Column;
use crate::function::composite::Composer;

/// The division by argument 2 where that is not zero.
pub(super) fn or_null(composer: &Composer<'_>, args: &[Column], name: &str) -> Result<Column> {
    let [a, b] = args else { return composer.sum(Vec::new()) };
    let zero = composer.sum(Vec::new())?;
    let divisor = composer.apply("nullIf", &[b, &zero])?;
    composer.apply(name, &[a, &divisor])
}
