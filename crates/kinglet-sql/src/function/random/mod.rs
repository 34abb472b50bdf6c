//! Random values.

pub(super) use stream::Stream;

mod distribution;
mod rand;
mod rand64;
mod rand_bernoulli;
mod rand_binomial;
mod rand_canonical;
mod rand_chi_squared;
mod rand_constant;
mod rand_exponential;
mod rand_fisher_f;
mod rand_log_normal;
mod rand_negative_binomial;
mod rand_normal;
mod rand_poisson;
mod rand_student_t;
mod rand_uniform;
mod random_fixed_string;
mod random_printable_ascii;
mod random_string;
mod random_string_utf8;
mod stream;
mod text;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &rand64::Rand64,
    &rand::Rand,
    &rand_bernoulli::RAND_BERNOULLI,
    &rand_binomial::RAND_BINOMIAL,
    &rand_canonical::RAND_CANONICAL,
    &rand_chi_squared::RAND_CHI_SQUARED,
    &rand_constant::RandConstant,
    &rand_exponential::RAND_EXPONENTIAL,
    &rand_fisher_f::RAND_FISHER_F,
    &rand_log_normal::RAND_LOG_NORMAL,
    &rand_negative_binomial::RAND_NEGATIVE_BINOMIAL,
    &rand_normal::RAND_NORMAL,
    &rand_poisson::RAND_POISSON,
    &rand_student_t::RAND_STUDENT_T,
    &rand_uniform::RAND_UNIFORM,
    &random_fixed_string::RandomFixedString,
    &random_printable_ascii::RandomPrintableAscii,
    &random_string::RandomString,
    &random_string_utf8::RandomStringUtf8,
];
