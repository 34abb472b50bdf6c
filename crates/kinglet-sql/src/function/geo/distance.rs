//! Distances between places, by ClickHouse's approximations: a plane where longitudes are close, else haversines from tables.

use std::f64::consts::PI;
use std::sync::OnceLock;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, result};

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Degrees,
    Sphere,
    Wgs84,
}

/// Radius of the sphere with the surface of WGS-84, in metres.
const RADIUS: f64 = 6_371_007.180_918_474;
const COSINES: usize = 1024;
const ARCS: usize = 512;
const METRICS: usize = 1024;

struct Tables {
    cosine: Vec<f64>,
    arc: Vec<f64>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables {
        cosine: (0..=COSINES).map(|at| (2.0 * PI * at as f64 / COSINES as f64).cos()).collect(),
        arc: (0..=ARCS).map(|at| (at as f64 / ARCS as f64).sqrt().asin()).collect(),
    })
}

fn between(table: &[f64], at: usize, rest: f64) -> f64 {
    match (table.get(at), table.get(at + 1)) {
        (Some(low), Some(high)) => low + (high - low) * rest,
        _ => f64::NAN,
    }
}

/// The cosine of an angle, or with `quarter` its sine.
fn cosine(angle: f64, quarter: bool) -> f64 {
    let place = angle.abs() * (COSINES as f64 / PI / 2.0);
    let at = place as usize;
    let shift = if quarter { COSINES - COSINES / 4 } else { 0 };
    between(&tables().cosine, at.wrapping_add(shift) & (COSINES - 1), place - at as f64)
}

fn arc_sine_of_root(x: f64) -> f64 {
    if x < 0.122 {
        let y = x.sqrt();
        return y + x * y * 0.166_666_666_666_666 + x * x * y * 0.075 + x * x * x * y * 0.044_642_857_142_857;
    }
    if x < 0.948 {
        let place = x * ARCS as f64;
        return between(&tables().arc, place as usize, place - (place as usize) as f64);
    }
    x.sqrt().asin()
}

/// Squared lengths of a degree of latitude and of longitude at a step of latitude.
fn metric(method: Method, at: usize) -> (f64, f64) {
    let latitude = (at as f64 * (180.0 / METRICS as f64) - 90.0).to_radians();
    let squared = |value: f64| value * value;
    match method {
        Method::Degrees => (1.0, squared(latitude.cos())),
        Method::Sphere => (squared(RADIUS * PI / 180.0), squared(RADIUS * PI / 180.0 * latitude.cos())),
        Method::Wgs84 => (
            squared(111_132.09 - 566.05 * (2.0 * latitude).cos() + 1.20 * (4.0 * latitude).cos()),
            squared(
                111_415.13 * latitude.cos() - 94.55 * (3.0 * latitude).cos() + 0.12 * (5.0 * latitude).cos(),
            ),
        ),
    }
}

fn distance(method: Method, [lon1, lat1, lon2, lat2]: [f64; 4]) -> f64 {
    let turned =
        |difference: f64| if difference.abs() > 180.0 { 360.0 - difference.abs() } else { difference.abs() };
    let (latitude, longitude) = (turned(lat1 - lat2), turned(lon1 - lon2));
    if longitude < 13.0 {
        let middle = (lat1 + lat2 + 180.0) * METRICS as f64 / 360.0;
        let at = middle as usize & (METRICS - 1);
        let (low, high, rest) = (metric(method, at), metric(method, at + 1), middle - at as f64);
        let (k_lat, k_lon) = (low.0 + (high.0 - low.0) * rest, low.1 + (high.1 - low.1) * rest);
        return (k_lat * latitude * latitude + k_lon * longitude * longitude).sqrt();
    }
    let squared = |value: f64| value * value;
    let haversine = squared(cosine(latitude.to_radians() / 2.0, true))
        + cosine(lat1.to_radians(), false)
            * cosine(lat2.to_radians(), false)
            * squared(cosine(longitude.to_radians() / 2.0, true));
    match method {
        Method::Degrees => (2.0 * arc_sine_of_root(haversine)).to_degrees(),
        _ => 2.0 * RADIUS * arc_sine_of_root(haversine),
    }
}

/// Checks four numbers; Float64 where one of them is.
pub(super) fn distance_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(4..=4)?;
    for at in 0..4 {
        args.expect(at, ChType::is_number)?;
    }
    let wide = args.list.iter().any(|arg| matches!(arg.ty, ChType::Float64) || arg.ty.is_decimal());
    Ok(if wide { ChType::Float64 } else { ChType::Float32 })
}

/// The distances between the places in arguments 1 and 2, and 3 and 4.
pub(super) fn distances(call: &Call<'_>, method: Method) -> Result<ArrayRef> {
    let numbers = (0..4).map(|at| call.floats(at)).collect::<Result<Vec<_>>>()?;
    result::floats(call.result, call.rows, |row| {
        let mut place = [0.0; 4];
        for (to, numbers) in place.iter_mut().zip(&numbers) {
            *to = numbers.get(row);
        }
        Ok(distance(method, place))
    })
}
