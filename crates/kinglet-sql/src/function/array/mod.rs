//! Functions of arrays.

mod array_all;
mod array_auc_pr;
mod array_autocorrelation;
mod array_avg;
mod array_bottom_k;
mod array_compact;
mod array_concat;
mod array_count;
mod array_cum_sum;
mod array_cum_sum_non_negative;
mod array_difference;
mod array_distinct;
mod array_element_or_null;
mod array_enumerate;
mod array_enumerate_dense;
mod array_enumerate_uniq;
mod array_except;
mod array_exists;
mod array_fill;
mod array_filter;
mod array_first;
mod array_first_index;
mod array_first_or_null;
mod array_flatten;
mod array_flattened_length;
mod array_fold;
mod array_intersect;
mod array_jaccard_index;
mod array_last;
mod array_last_index;
mod array_last_or_null;
mod array_levenshtein_distance;
mod array_max;
mod array_min;
mod array_partial_reverse_sort;
mod array_partial_shuffle;
mod array_partial_sort;
mod array_pop_back;
mod array_pop_front;
mod array_product;
mod array_push_back;
mod array_push_front;
mod array_random_sample;
mod array_reduce;
mod array_reduce_in_ranges;
mod array_remove;
mod array_resize;
mod array_reverse;
mod array_reverse_fill;
mod array_reverse_sort;
mod array_reverse_split;
mod array_roc_auc;
mod array_rotate_left;
mod array_rotate_right;
mod array_shift_left;
mod array_shift_right;
mod array_shingles;
mod array_shuffle;
mod array_slice;
mod array_sort;
mod array_split;
mod array_string_concat;
mod array_sum;
mod array_symmetric_difference;
mod array_top_k;
mod array_transpose;
mod array_union;
mod array_uniq;
mod array_with_constant;
mod array_zip;
mod array_zip_unaligned;
mod condition;
mod count_equal;
mod curves;
mod empty_array;
mod empty_array_date;
mod empty_array_date_time;
mod empty_array_float32;
mod empty_array_float64;
mod empty_array_int16;
mod empty_array_int32;
mod empty_array_int64;
mod empty_array_int8;
mod empty_array_string;
mod empty_array_to_single;
mod empty_array_uint16;
mod empty_array_uint32;
mod empty_array_uint64;
mod empty_array_uint8;
mod fold;
mod gather;
mod has;
mod has_all;
mod has_any;
mod has_substr;
mod index_of;
mod index_of_assume_sorted;
mod not_has;
mod overlap;
mod push;
mod range;
mod replicate;
mod running;
mod runs;
mod same;
mod sets;
mod shift;
mod shuffled;
mod sort;

pub(crate) use gather::{comparable, gather};
pub(crate) use sets::affix;

use super::Function;
use super::array_map::element_types;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &array_all::ArrayAll,
    &array_auc_pr::ArrayAucPr,
    &array_autocorrelation::ArrayAutocorrelation,
    &array_avg::ArrayAvg,
    &array_bottom_k::ArrayBottomK,
    &array_compact::ArrayCompact,
    &array_concat::ArrayConcat,
    &array_count::ArrayCount,
    &array_cum_sum::ArrayCumSum,
    &array_cum_sum_non_negative::ArrayCumSumNonNegative,
    &array_difference::ArrayDifference,
    &array_distinct::ArrayDistinct,
    &array_element_or_null::ArrayElementOrNull,
    &array_enumerate::ArrayEnumerate,
    &array_enumerate_dense::ArrayEnumerateDense,
    &array_enumerate_uniq::ArrayEnumerateUniq,
    &array_except::ArrayExcept,
    &array_exists::ArrayExists,
    &array_fill::ArrayFill,
    &array_filter::ArrayFilter,
    &array_first::ArrayFirst,
    &array_first_index::ArrayFirstIndex,
    &array_first_or_null::ArrayFirstOrNull,
    &array_flatten::ArrayFlatten,
    &array_flattened_length::ArrayFlattenedLength,
    &array_fold::ArrayFold,
    &array_intersect::ArrayIntersect,
    &array_jaccard_index::ArrayJaccardIndex,
    &array_last::ArrayLast,
    &array_last_index::ArrayLastIndex,
    &array_last_or_null::ArrayLastOrNull,
    &array_levenshtein_distance::ArrayLevenshteinDistance,
    &array_max::ArrayMax,
    &array_min::ArrayMin,
    &array_partial_reverse_sort::ArrayPartialReverseSort,
    &array_partial_shuffle::ArrayPartialShuffle,
    &array_partial_sort::ArrayPartialSort,
    &array_pop_back::ArrayPopBack,
    &array_pop_front::ArrayPopFront,
    &array_product::ArrayProduct,
    &array_push_back::ArrayPushBack,
    &array_push_front::ArrayPushFront,
    &array_random_sample::ArrayRandomSample,
    &array_reduce::ArrayReduce,
    &array_reduce_in_ranges::ArrayReduceInRanges,
    &array_remove::ArrayRemove,
    &array_resize::ArrayResize,
    &array_reverse::ArrayReverse,
    &array_reverse_fill::ArrayReverseFill,
    &array_reverse_sort::ArrayReverseSort,
    &array_reverse_split::ArrayReverseSplit,
    &array_roc_auc::ArrayRocAuc,
    &array_rotate_left::ArrayRotateLeft,
    &array_rotate_right::ArrayRotateRight,
    &array_shift_left::ArrayShiftLeft,
    &array_shift_right::ArrayShiftRight,
    &array_shingles::ArrayShingles,
    &array_shuffle::ArrayShuffle,
    &array_slice::ArraySlice,
    &array_sort::ArraySort,
    &array_split::ArraySplit,
    &array_string_concat::ArrayStringConcat,
    &array_sum::ArraySum,
    &array_symmetric_difference::ArraySymmetricDifference,
    &array_top_k::ArrayTopK,
    &array_transpose::ArrayTranspose,
    &array_union::ArrayUnion,
    &array_uniq::ArrayUniq,
    &array_with_constant::ArrayWithConstant,
    &array_zip::ArrayZip,
    &array_zip_unaligned::ArrayZipUnaligned,
    &count_equal::CountEqual,
    &empty_array_date::EMPTY_ARRAY_DATE,
    &empty_array_date_time::EMPTY_ARRAY_DATE_TIME,
    &empty_array_float32::EMPTY_ARRAY_FLOAT32,
    &empty_array_float64::EMPTY_ARRAY_FLOAT64,
    &empty_array_int16::EMPTY_ARRAY_INT16,
    &empty_array_int32::EMPTY_ARRAY_INT32,
    &empty_array_int64::EMPTY_ARRAY_INT64,
    &empty_array_int8::EMPTY_ARRAY_INT8,
    &empty_array_string::EMPTY_ARRAY_STRING,
    &empty_array_to_single::EmptyArrayToSingle,
    &empty_array_uint16::EMPTY_ARRAY_UINT16,
    &empty_array_uint32::EMPTY_ARRAY_UINT32,
    &empty_array_uint64::EMPTY_ARRAY_UINT64,
    &empty_array_uint8::EMPTY_ARRAY_UINT8,
    &has::Has,
    &has_all::HasAll,
    &has_any::HasAny,
    &has_substr::HasSubstr,
    &index_of::IndexOf,
    &index_of_assume_sorted::IndexOfAssumeSorted,
    &not_has::NotHas,
    &range::Range,
    &replicate::Replicate,
];
