//! Which granules may hold rows that meet a request's conditions.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::{DataType, SchemaRef};

use crate::ordered::{self, Order};
use crate::part::index::{BoundsRef, GranuleIndex};
use crate::part::skip::{SkipEntries, SkipPlace, SkipTest};
use crate::scan::{Bound, ScanRequest, ValueTest};

/// The conditions of a request, with their values encoded once.
#[derive(Clone, Debug)]
pub(crate) struct Pruning {
    tests: Arc<[(Place, Test)]>,
    /// Conditions that skip indexes may decide, by column.
    skip_tests: Arc<[(usize, SkipTest)]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Column(usize),
    Key(usize),
}

#[derive(Clone, Debug)]
enum Test {
    Range {
        lower: Option<(Vec<u8>, bool)>,
        upper: Option<(Vec<u8>, bool)>,
    },
    /// Sorted.
    In(Vec<Vec<u8>>),
    IsNull,
}

impl Pruning {
    /// `key_columns` says which elements of the sorting key are columns. With `keys_only`, conditions on other
    /// columns are left out: rows of one key must stay together to be combined.
    pub(crate) fn new(
        request: &ScanRequest,
        schema: &SchemaRef,
        key_columns: &[Option<usize>],
        keys_only: bool,
    ) -> Self {
        let is_key = |column: usize| key_columns.contains(&Some(column));
        let columns = request.filters.iter().filter(|filter| !keys_only || is_key(filter.column));
        let skip_tests = columns.clone().filter_map(|filter| {
            let data_type = schema.fields().get(filter.column)?.data_type();
            let test = match (&filter.test, Test::new(&filter.test, Some(data_type))) {
                (ValueTest::Text(text), _) => SkipTest::Text(text.clone()),
                (_, Some(Test::In(values))) => SkipTest::In(values),
                (_, Some(Test::Range { lower, upper })) => SkipTest::Range { lower, upper },
                _ => return None,
            };
            Some((filter.column, test))
        });
        let skip_tests = skip_tests.collect();
        let columns = columns.filter_map(|filter| {
            let data_type = schema.fields().get(filter.column)?.data_type();
            Some((Place::Column(filter.column), Test::new(&filter.test, Some(data_type))?))
        });
        let keys =
            request.key_filters.iter().filter_map(|filter| match key_columns.get(filter.position)? {
                Some(column) => {
                    let data_type = schema.fields().get(*column)?.data_type();
                    Some((Place::Column(*column), Test::new(&filter.test, Some(data_type))?))
                }
                None => Some((Place::Key(filter.position), Test::new(&filter.test, None)?)),
            });
        Pruning { tests: columns.chain(keys).collect(), skip_tests }
    }

    /// The skip indexes of a part that may leave out more.
    pub(crate) fn skips<'a>(&self, index: &'a GranuleIndex) -> impl Iterator<Item = &'a SkipPlace> {
        index.skips.iter().filter(|place| self.skip_tests.iter().any(|(column, _)| *column == place.column))
    }

    /// Leaves out the granules without wanted rows according to a skip index on `column`.
    pub(crate) fn skip(&self, granules: &mut Vec<usize>, column: usize, entries: &SkipEntries) {
        for (_, test) in self.skip_tests.iter().filter(|(of, _)| *of == column) {
            granules.retain(|granule| entries.may_match(*granule, test));
        }
    }

    /// The granules of a part that may hold wanted rows.
    pub(crate) fn granules(&self, index: &GranuleIndex) -> Vec<usize> {
        (0..index.granules()).filter(|granule| self.may_match(index, *granule)).collect()
    }

    /// Whether a granule may hold wanted rows.
    pub(crate) fn may_match(&self, index: &GranuleIndex, granule: usize) -> bool {
        self.tests.iter().all(|(place, test)| {
            let bounds = match place {
                Place::Column(column) => index.columns.get(*column),
                Place::Key(position) => index.keys.get(*position),
            };
            match bounds.and_then(Option::as_ref).and_then(|bounds| bounds.get(granule)) {
                Some(bounds) => test.may_match(bounds),
                None => true,
            }
        })
    }
}

impl Test {
    /// `None` if the condition cannot be decided by bounds.
    fn new(test: &ValueTest, data_type: Option<&DataType>) -> Option<Test> {
        let fits = |value: &ArrayRef| {
            data_type
                .map_or(Order::of(value.data_type()).is_some(), |data_type| data_type == value.data_type())
        };
        let encode =
            |value: &ArrayRef, row| fits(value).then(|| ordered::value(value, row)).flatten().flatten();
        let bound = |bound: &Bound| encode(&bound.value, 0).map(|value| (value, bound.inclusive));
        match test {
            ValueTest::Range { lower, upper } => {
                let (low, high) = (lower.as_ref().and_then(bound), upper.as_ref().and_then(bound));
                (low.is_some() || high.is_some()).then_some(Test::Range { lower: low, upper: high })
            }
            ValueTest::In(values) => {
                let valid = (0..values.len()).filter(|row| values.is_valid(*row));
                let mut encoded = valid.map(|row| encode(values, row)).collect::<Option<Vec<_>>>()?;
                encoded.sort_unstable();
                Some(Test::In(encoded))
            }
            ValueTest::IsNull => Some(Test::IsNull),
            ValueTest::IsNotNull | ValueTest::Text(_) => None,
        }
    }

    fn may_match(&self, bounds: BoundsRef<'_>) -> bool {
        if let Test::IsNull = self {
            return bounds.has_null;
        }
        let Some((least, greatest)) = bounds.values else { return false };
        match self {
            Test::Range { lower, upper } => {
                let low = lower.as_ref().is_none_or(|(value, inclusive)| {
                    greatest > value.as_slice() || (*inclusive && greatest == value.as_slice())
                });
                let high = upper.as_ref().is_none_or(|(value, inclusive)| {
                    least < value.as_slice() || (*inclusive && least == value.as_slice())
                });
                low && high
            }
            Test::In(values) => {
                let at = values.partition_point(|value| value.as_slice() < least);
                values.get(at).is_some_and(|value| value.as_slice() <= greatest)
            }
            Test::IsNull => bounds.has_null,
        }
    }
}
