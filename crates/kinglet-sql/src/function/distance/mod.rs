//! Distances between vectors, and norms.

mod cosine_distance;
mod dot_product;
mod l1_distance;
mod l1_norm;
mod l1_normalize;
mod l2_distance;
mod l2_norm;
mod l2_normalize;
mod l2_squared_distance;
mod l2_squared_norm;
mod linf_distance;
mod linf_norm;
mod linf_normalize;
mod lp_distance;
mod lp_norm;
mod lp_normalize;
mod measure;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &cosine_distance::COSINE_DISTANCE,
    &dot_product::DOT_PRODUCT,
    &l1_distance::L1_DISTANCE,
    &l1_norm::L1_NORM,
    &l1_normalize::L1_NORMALIZE,
    &l2_distance::L2_DISTANCE,
    &l2_norm::L2_NORM,
    &l2_normalize::L2_NORMALIZE,
    &l2_squared_distance::L2_SQUARED_DISTANCE,
    &l2_squared_norm::L2_SQUARED_NORM,
    &linf_distance::LINF_DISTANCE,
    &linf_norm::LINF_NORM,
    &linf_normalize::LINF_NORMALIZE,
    &lp_distance::LP_DISTANCE,
    &lp_norm::LP_NORM,
    &lp_normalize::LP_NORMALIZE,
];
