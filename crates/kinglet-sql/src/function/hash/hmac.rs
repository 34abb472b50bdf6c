//! `HMAC`: a keyed digest (RFC 2104).

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};
use sha2::Digest as _;

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Hmac;

static SPEC: Spec = Spec {
    name: "HMAC",
    case: Case::Insensitive,
    category: "hash",
    syntax: "HMAC(digest, message, key)",
    summary: "The digest of a message with a key (RFC 2104).",
    arguments: &[
        ("digest", "String, constant: md4, md5, ripemd160, sha1, sha224, sha256, sha384, sha512"),
        ("message", "String"),
        ("key", "String"),
    ],
    returns: "String",
    examples: &[Example {
        sql: "hex(HMAC('md5', 'message', 'key'))",
        answer: "4E4748E62B463521F6775FBF921234B5",
    }],
    ..Spec::EMPTY
};

type Hash = fn(&[u8]) -> Vec<u8>;

/// The digest of a name and its block's length.
fn digest(name: &str) -> Option<(Hash, usize)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "md4" => (|text| super::md4::md4(text).to_vec(), 64),
        "md5" => (|text| md5::Md5::digest(text).to_vec(), 64),
        "ripemd160" | "ripemd" | "rmd160" => (|text| super::ripemd160::ripemd160(text).to_vec(), 64),
        "sha1" => (|text| sha1::Sha1::digest(text).to_vec(), 64),
        "sha224" => (|text| sha2::Sha224::digest(text).to_vec(), 64),
        "sha256" => (|text| sha2::Sha256::digest(text).to_vec(), 64),
        "sha384" => (|text| sha2::Sha384::digest(text).to_vec(), 128),
        "sha512" => (|text| sha2::Sha512::digest(text).to_vec(), 128),
        _ => return None,
    })
}

fn hmac((hash, block): (Hash, usize), key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut key = if key.len() > block { hash(key) } else { key.to_vec() };
    key.resize(block, 0);
    let padded = |pad: u8, rest: &[u8]| {
        let mut text: Vec<u8> = key.iter().map(|byte| byte ^ pad).collect();
        text.extend_from_slice(rest);
        hash(&text)
    };
    padded(0x5C, &padded(0x36, message))
}

impl Function for Hmac {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        let name = args.constant_text(0)?;
        if digest(&name).is_none() {
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Invalid hash algorithm: '{name}'")));
        }
        args.expect(1, ChType::is_text)?;
        args.expect(2, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let name = call.arg(0)?.text_value().unwrap_or_default();
        let digest = digest(&name).ok_or_else(|| call.illegal_column(0))?;
        let (messages, keys) = (call.bytes(1)?, call.bytes(2)?);
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(&hmac(digest, keys.get(row), messages.get(row)));
            Ok(())
        })
    }
}
