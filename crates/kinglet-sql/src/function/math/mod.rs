//! Mathematics: rounding, powers, angles.

mod abs;
mod acos;
mod acosh;
mod asin;
mod asinh;
mod atan;
mod atan2;
mod atanh;
mod cbrt;
mod ceil;
mod cos;
mod cosh;
mod decimal_product;
mod degrees;
mod divide_or_null;
mod divisor;
mod e;
mod erf;
mod erfc;
mod exp;
mod exp10;
mod exp2;
mod factorial;
mod financial;
mod floor;
mod gcd;
mod hypot;
mod if_not_finite;
mod int_div_or_null;
mod int_exp10;
mod int_exp2;
mod is_decimal_overflow;
mod is_finite;
mod is_infinite;
mod is_nan;
mod is_prime;
mod lcm;
mod lgamma;
mod log;
mod log10;
mod log1p;
mod log2;
mod max2;
mod midpoint;
mod min2;
mod modulo_or_null;
mod or_null;
mod pi;
mod positive_modulo_or_null;
mod pow;
mod powers;
mod radians;
mod round;
mod round_age;
mod round_bankers;
mod round_down;
mod round_duration;
mod round_to_exp2;
mod rounding;
mod sigmoid;
mod sign;
mod sin;
mod sinh;
mod sqr;
mod sqrt;
mod tan;
mod tanh;
mod tgamma;
mod trunc;
mod width_bucket;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &abs::Abs,
    &acos::Acos,
    &acosh::ACOSH,
    &asin::Asin,
    &asinh::ASINH,
    &atan2::Atan2,
    &atan::Atan,
    &atanh::ATANH,
    &cbrt::Cbrt,
    &ceil::Ceil,
    &cos::Cos,
    &cosh::COSH,
    &decimal_product::DIVIDE_DECIMAL,
    &decimal_product::MULTIPLY_DECIMAL,
    &degrees::Degrees,
    &divide_or_null::DIVIDE_OR_NULL,
    &e::E,
    &erf::ERF,
    &erfc::ERFC,
    &exp10::Exp10,
    &exp2::Exp2,
    &exp::Exp,
    &factorial::Factorial,
    &financial::InternalRateOfReturn,
    &financial::NetPresentValue,
    &floor::Floor,
    &gcd::Gcd,
    &hypot::Hypot,
    &if_not_finite::IfNotFinite,
    &int_div_or_null::INT_DIV_OR_NULL,
    &int_exp10::IntExp10,
    &int_exp2::IntExp2,
    &is_decimal_overflow::IsDecimalOverflow,
    &is_finite::IsFinite,
    &is_infinite::IsInfinite,
    &is_nan::IsNan,
    &is_prime::IsPrime,
    &lcm::Lcm,
    &lgamma::LGAMMA,
    &log10::Log10,
    &log1p::LOG1P,
    &log2::Log2,
    &log::Log,
    &max2::Max2,
    &midpoint::Midpoint,
    &min2::Min2,
    &modulo_or_null::MODULO_OR_NULL,
    &pi::Pi,
    &positive_modulo_or_null::POSITIVE_MODULO_OR_NULL,
    &pow::Pow,
    &radians::Radians,
    &round::Round,
    &round_age::RoundAge,
    &round_bankers::RoundBankers,
    &round_down::RoundDown,
    &round_duration::RoundDuration,
    &round_to_exp2::RoundToExp2,
    &sigmoid::SIGMOID,
    &sign::Sign,
    &sin::Sin,
    &sinh::SINH,
    &sqr::SQR,
    &sqrt::Sqrt,
    &tan::Tan,
    &tanh::TANH,
    &tgamma::TGAMMA,
    &trunc::Trunc,
    &width_bucket::WidthBucket,
];
