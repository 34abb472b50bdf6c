//! Functions of arrays.

mod array_all;
mod array_avg;
mod array_compact;
mod array_concat;
mod array_count;
mod array_cum_sum;
mod array_cum_sum_non_negative;
mod array_difference;
mod array_distinct;
mod array_enumerate;
mod array_enumerate_uniq;
mod array_exists;
mod array_filter;
mod array_first;
mod array_first_index;
mod array_flatten;
mod array_intersect;
mod array_last;
mod array_last_index;
mod array_max;
mod array_min;
mod array_pop_back;
mod array_pop_front;
mod array_product;
mod array_push_back;
mod array_push_front;
mod array_reduce;
mod array_resize;
mod array_reverse;
mod array_reverse_sort;
mod array_slice;
mod array_sort;
mod array_string_concat;
mod array_sum;
mod array_uniq;
mod array_zip;
mod condition;
mod count_equal;
mod fold;
mod gather;
mod has;
mod has_all;
mod has_any;
mod index_of;
mod overlap;
mod push;
mod range;
mod running;
mod same;
mod sort;

pub(crate) use gather::comparable;

use super::Function;
use super::array_map::element_types;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &array_all::ArrayAll,
    &array_avg::ArrayAvg,
    &array_compact::ArrayCompact,
    &array_concat::ArrayConcat,
    &array_count::ArrayCount,
    &array_cum_sum::ArrayCumSum,
    &array_cum_sum_non_negative::ArrayCumSumNonNegative,
    &array_difference::ArrayDifference,
    &array_distinct::ArrayDistinct,
    &array_enumerate::ArrayEnumerate,
    &array_enumerate_uniq::ArrayEnumerateUniq,
    &array_exists::ArrayExists,
    &array_filter::ArrayFilter,
    &array_first::ArrayFirst,
    &array_first_index::ArrayFirstIndex,
    &array_flatten::ArrayFlatten,
    &array_intersect::ArrayIntersect,
    &array_last::ArrayLast,
    &array_last_index::ArrayLastIndex,
    &array_max::ArrayMax,
    &array_min::ArrayMin,
    &array_pop_back::ArrayPopBack,
    &array_pop_front::ArrayPopFront,
    &array_product::ArrayProduct,
    &array_push_back::ArrayPushBack,
    &array_push_front::ArrayPushFront,
    &array_reduce::ArrayReduce,
    &array_resize::ArrayResize,
    &array_reverse::ArrayReverse,
    &array_reverse_sort::ArrayReverseSort,
    &array_slice::ArraySlice,
    &array_sort::ArraySort,
    &array_string_concat::ArrayStringConcat,
    &array_sum::ArraySum,
    &array_uniq::ArrayUniq,
    &array_zip::ArrayZip,
    &count_equal::CountEqual,
    &has::Has,
    &has_all::HasAll,
    &has_any::HasAny,
    &index_of::IndexOf,
    &range::Range,
];
