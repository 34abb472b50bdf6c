//! Places on Earth and in the plane.

mod distance;
mod geo_distance;
mod geo_to_h3;
mod geohash;
mod geohash_decode;
mod geohash_encode;
mod geohashes_in_box;
mod great_circle_angle;
mod great_circle_distance;
mod h3_distance;
mod h3_get_base_cell;
mod h3_get_resolution;
mod h3_indexes_are_neighbors;
mod h3_is_pentagon;
mod h3_is_res_class_iii;
mod h3_is_valid;
mod h3_to_center_child;
mod h3_to_children;
mod h3_to_geo;
mod h3_to_geo_boundary;
mod h3_to_parent;
mod h3_to_string;
mod h3k_ring;
mod hexagon;
mod point_in_ellipses;
mod point_in_polygon;
mod polygon_measure;
mod shapes;
mod string_to_h3;
mod wkt;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &geo_distance::GeoDistance,
    &geo_to_h3::GeoToH3,
    &geohash_decode::GeohashDecode,
    &geohash_encode::GeohashEncode,
    &geohashes_in_box::GeohashesInBox,
    &great_circle_angle::GreatCircleAngle,
    &great_circle_distance::GreatCircleDistance,
    &h3_distance::H3Distance,
    &h3_get_base_cell::H3GetBaseCell,
    &h3_get_resolution::H3GetResolution,
    &h3_indexes_are_neighbors::H3IndexesAreNeighbors,
    &h3_is_pentagon::H3IsPentagon,
    &h3_is_res_class_iii::H3IsResClassIii,
    &h3_is_valid::H3IsValid,
    &h3_to_center_child::H3ToCenterChild,
    &h3_to_children::H3ToChildren,
    &h3_to_geo::H3ToGeo,
    &h3_to_geo_boundary::H3ToGeoBoundary,
    &h3_to_parent::H3ToParent,
    &h3_to_string::H3ToString,
    &h3k_ring::H3kRing,
    &point_in_ellipses::PointInEllipses,
    &point_in_polygon::PointInPolygon,
    &polygon_measure::POLYGON_AREA_CARTESIAN,
    &polygon_measure::POLYGON_PERIMETER_CARTESIAN,
    &string_to_h3::STRING_TO_H3,
    &wkt::Wkt,
];
