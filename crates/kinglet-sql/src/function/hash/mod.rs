//! Hashes of values.

mod city_hash64;
mod crc;
mod crc32;
mod crc32_ieee;
mod crc64;
mod farm_fingerprint64;
mod farm_hash64;
mod gcc_murmur_hash;
mod half_md5;
mod hive_hash;
mod hmac;
mod iceberg;
mod int_hash32;
mod int_hash64;
mod java_hash;
mod java_hash_utf16_le;
mod jump_consistent_hash;
mod kafka_murmur_hash;
mod keccak256;
mod md4;
mod md5;
mod metro;
mod metro_hash64;
mod mix;
mod murmur;
mod murmur_hash2_32;
mod murmur_hash2_64;
mod murmur_hash3_128;
mod murmur_hash3_32;
mod murmur_hash3_64;
mod ripemd160;
mod sha1;
mod sha224;
mod sha256;
mod sha384;
mod sha512;
mod sha512_256;
mod sip;
mod sip_hash128;
mod sip_hash128_keyed;
mod sip_hash128_reference;
mod sip_hash128_reference_keyed;
mod sip_hash64;
mod sip_hash64_keyed;
mod url_hash;
mod value_hash;
mod xx_hash32;
mod xx_hash64;
mod xxh3;

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &city_hash64::CITY_HASH64,
    &crc32::CRC32,
    &crc32_ieee::CRC32_IEEE,
    &crc64::CRC64,
    &farm_fingerprint64::FARM_FINGERPRINT64,
    &farm_hash64::FARM_HASH64,
    &gcc_murmur_hash::GCC_MURMUR_HASH,
    &half_md5::HALF_MD5,
    &hive_hash::HIVE_HASH,
    &hmac::Hmac,
    &iceberg::IcebergBucket,
    &iceberg::IcebergHash,
    &iceberg::IcebergTruncate,
    &int_hash32::IntHash32,
    &int_hash64::IntHash64,
    &java_hash::JavaHash,
    &java_hash_utf16_le::JavaHashUtf16Le,
    &jump_consistent_hash::JumpConsistentHash,
    &kafka_murmur_hash::KAFKA_MURMUR_HASH,
    &keccak256::KECCAK256,
    &md4::MD4,
    &md5::MD5,
    &metro_hash64::METRO_HASH64,
    &murmur_hash2_32::MURMUR_HASH2_32,
    &murmur_hash2_64::MURMUR_HASH2_64,
    &murmur_hash3_128::MURMUR_HASH3_128,
    &murmur_hash3_32::MURMUR_HASH3_32,
    &murmur_hash3_64::MURMUR_HASH3_64,
    &ripemd160::RIPEMD160,
    &sha1::SHA1,
    &sha224::SHA224,
    &sha256::SHA256,
    &sha384::SHA384,
    &sha512::SHA512,
    &sha512_256::SHA512_256,
    &sip_hash128::SIP_HASH128,
    &sip_hash128_keyed::SIP_HASH128_KEYED,
    &sip_hash128_reference::SIP_HASH128_REFERENCE,
    &sip_hash128_reference_keyed::SIP_HASH128_REFERENCE_KEYED,
    &sip_hash64::SIP_HASH64,
    &sip_hash64_keyed::SIP_HASH64_KEYED,
    &url_hash::UrlHash,
    &xx_hash32::XX_HASH32,
    &xx_hash64::XX_HASH64,
    &xxh3::XXH3,
];
