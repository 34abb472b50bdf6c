//! UUIDs, network addresses, fixed strings.

use super::{Encoder, put, trimmed, zeroed};
use kinglet_types::ChType;
use std::net::{Ipv4Addr, Ipv6Addr};

pub(super) fn encoder(ty: &ChType) -> Option<(Encoder, Vec<u8>)> {
    Some(match ty {
        ChType::Uuid => zeroed(16, |text, out| put(out, &uuid(trimmed(text))?)),
        ChType::Ipv4 => zeroed(4, |text, out| {
            let address: Ipv4Addr = parsed(text)?;
            put(out, &u32::from(address).to_le_bytes())
        }),
        ChType::Ipv6 => zeroed(16, |text, out| put(out, &ipv6(text)?.octets())),
        ChType::FixedString(width) => zeroed(usize::try_from(*width).ok()?, |text, out| {
            out.fill(0);
            out.get_mut(..text.len())?.copy_from_slice(text);
            Some(())
        }),
        _ => return None,
    })
}

fn parsed<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(trimmed(text)).ok()?.parse().ok()
}

fn ipv6(text: &[u8]) -> Option<Ipv6Addr> {
    parsed(text).or_else(|| parsed::<Ipv4Addr>(text).map(|address| address.to_ipv6_mapped()))
}

/// 32 hexadecimal digits, with or without the four dashes.
fn uuid(text: &[u8]) -> Option<[u8; 16]> {
    const DASHES: [usize; 4] = [8, 13, 18, 23];
    let dashed = text.len() == 36;
    if !dashed && text.len() != 32 {
        return None;
    }
    let mut bytes = [0u8; 16];
    let mut n_digits = 0;
    for (at, byte) in text.iter().enumerate() {
        if dashed && DASHES.contains(&at) {
            if *byte != b'-' {
                return None;
            }
            continue;
        }
        let digit = char::from(*byte).to_digit(16)? as u8;
        let slot = bytes.get_mut(n_digits / 2)?;
        *slot = (*slot << 4) | digit;
        n_digits += 1;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_dashes_in_their_places_or_none() {
        let dashed = uuid(b"61f0c404-5cb3-11e7-907b-a6006ad3dba0").unwrap();
        assert_eq!(dashed[..4], [0x61, 0xf0, 0xc4, 0x04]);
        assert_eq!(uuid(b"61f0c4045cb311e7907ba6006ad3dba0"), Some(dashed));
        assert_eq!(uuid(b"61f0c4045-cb3-11e7-907b-a6006ad3dba0"), None);
        assert_eq!(uuid(b"61f0c404"), None);
    }
}
