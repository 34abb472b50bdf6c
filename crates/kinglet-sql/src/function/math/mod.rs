//! Mathematics: rounding, powers, angles.

mod abs;
mod acos;
mod asin;
mod atan;
mod atan2;
mod cbrt;
mod ceil;
mod cos;
mod degrees;
mod exp;
mod exp10;
mod exp2;
mod floor;
mod hypot;
mod if_not_finite;
mod is_finite;
mod is_infinite;
mod is_nan;
mod log;
mod log10;
mod log2;
mod pi;
mod pow;
mod radians;
mod round;
mod round_bankers;
mod rounding;
mod sign;
mod sin;
mod sqrt;
mod tan;
mod trunc;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &abs::Abs,
    &acos::Acos,
    &asin::Asin,
    &atan2::Atan2,
    &atan::Atan,
    &cbrt::Cbrt,
    &ceil::Ceil,
    &cos::Cos,
    &degrees::Degrees,
    &exp10::Exp10,
    &exp2::Exp2,
    &exp::Exp,
    &floor::Floor,
    &hypot::Hypot,
    &if_not_finite::IfNotFinite,
    &is_finite::IsFinite,
    &is_infinite::IsInfinite,
    &is_nan::IsNan,
    &log10::Log10,
    &log2::Log2,
    &log::Log,
    &pi::Pi,
    &pow::Pow,
    &radians::Radians,
    &round::Round,
    &round_bankers::RoundBankers,
    &sign::Sign,
    &sin::Sin,
    &sqrt::Sqrt,
    &tan::Tan,
    &trunc::Trunc,
];
