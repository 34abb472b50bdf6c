//! The parts of a URL, found by scanning for delimiters as ClickHouse does: nothing is validated.

use memchr::{memchr, memchr2, memchr3, memmem};

/// What follows `scheme://`, and `//` alone; the whole text where neither is there.
fn after_scheme(url: &[u8]) -> Option<&[u8]> {
    if let Some(rest) = url.strip_prefix(b"//") {
        return Some(rest);
    }
    let at = memmem::find(url, b"://")?;
    is_scheme(&url[..at]).then(|| &url[at + 3..])
}

fn is_scheme(text: &[u8]) -> bool {
    let mut bytes = text.iter();
    bytes.next().is_some_and(u8::is_ascii_alphabetic)
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The scheme, without the colon.
pub(super) fn protocol(url: &[u8]) -> &[u8] {
    let end = url.iter().position(|byte| *byte == b':').unwrap_or(0);
    let scheme = &url[..end];
    if is_scheme(scheme) && url[end..].starts_with(b"://") { scheme } else { &[] }
}

/// The host without user and port. A text without a scheme is read as one that starts with the host.
/// It ends at a colon, also at one between a user and a password.
pub(super) fn domain(url: &[u8]) -> &[u8] {
    let rest = after_scheme(url).unwrap_or(url);
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b':')).unwrap_or(rest.len());
    let host = &rest[..end];
    checked(memchr::memrchr(b'@', host).map_or(host, |at| &host[at + 1..]))
}

/// The host as RFC 3986 has it: after user and password, and without the brackets of an IPv6 address.
pub(super) fn domain_rfc(url: &[u8]) -> &[u8] {
    let rest = match after_scheme(url) {
        Some(rest) => rest,
        None => url.strip_prefix(b"mailto:").unwrap_or(url),
    };
    let authority = &rest[..memchr3(b'/', b'?', b'#', rest).unwrap_or(rest.len())];
    let host = memchr::memrchr(b'@', authority).map_or(authority, |at| &authority[at + 1..]);
    if let Some(address) = host.strip_prefix(b"[") {
        return memchr(b']', address).map_or(&[], |at| &address[..at]);
    }
    checked(memchr(b':', host).map_or(host, |at| &host[..at]))
}

/// A host, or nothing where it has no dot inside or bytes that no URL has.
fn checked(host: &[u8]) -> &[u8] {
    const REFUSED: &[u8] = b" \t<>%{}|\\^~[];=&";
    let dot = memchr::memrchr(b'.', host).filter(|at| at + 1 < host.len());
    if dot.is_some() && !host.iter().any(|byte| REFUSED.contains(byte)) { host } else { &[] }
}

/// A host without a leading `www.`.
pub(super) fn without_www(host: &[u8]) -> &[u8] {
    host.strip_prefix(b"www.").unwrap_or(host)
}

/// What follows the last dot; nothing for addresses.
pub(super) fn top_level(host: &[u8]) -> &[u8] {
    let Some(at) = host.iter().rposition(|byte| *byte == b'.') else { return &[] };
    let label = &host[at + 1..];
    if label.first().is_some_and(u8::is_ascii_digit) { &[] } else { label }
}

/// From the path on: what follows the host, with a slash in front.
pub(super) fn path_full(url: &[u8]) -> &[u8] {
    let rest = after_scheme(url).unwrap_or(url);
    memchr(b'/', rest).map_or(&[], |at| &rest[at..])
}

/// The path alone.
pub(super) fn path(url: &[u8]) -> &[u8] {
    let full = path_full(url);
    let end = memchr2(b'?', b'#', full).unwrap_or(full.len());
    &full[..end]
}

/// The query, without the question mark.
pub(super) fn query(url: &[u8]) -> &[u8] {
    let url = without_fragment(url);
    memchr(b'?', url).map_or(&[], |at| &url[at + 1..])
}

/// What follows the first `#`.
pub(super) fn fragment(url: &[u8]) -> &[u8] {
    memchr(b'#', url).map_or(&[], |at| &url[at + 1..])
}

/// The URL up to the first `#`.
pub(super) fn without_fragment(url: &[u8]) -> &[u8] {
    memchr(b'#', url).map_or(url, |at| &url[..at])
}

/// The URL without `?` and what follows up to the fragment.
pub(super) fn without_query(url: &[u8]) -> Vec<u8> {
    let head = without_fragment(url);
    let kept = memchr(b'?', head).unwrap_or(head.len());
    [&url[..kept], &url[head.len()..]].concat()
}

/// The raw value of the first parameter called `name`, in the query or the fragment.
pub(super) fn parameter<'a>(url: &'a [u8], name: &[u8]) -> &'a [u8] {
    let Some(start) = memchr2(b'?', b'#', url) else { return &[] };
    let pairs = url[start + 1..].split(|byte| matches!(byte, b'&' | b'?' | b'#'));
    let value = |pair: &'a [u8]| pair.strip_prefix(name)?.strip_prefix(b"=");
    pairs.filter(|pair| !pair.is_empty()).find_map(value).unwrap_or_default()
}

/// The parts between delimiters of query and fragment.
pub(super) fn parameters(url: &[u8]) -> impl Iterator<Item = &[u8]> {
    let start = memchr2(b'?', b'#', url).map_or(url.len(), |at| at + 1);
    url[start..].split(|byte| matches!(byte, b'&' | b'?' | b'#')).filter(|pair| !pair.is_empty())
}

/// User, host and port.
pub(super) fn authority(url: &[u8]) -> &[u8] {
    let rest = after_scheme(url).unwrap_or(url);
    let end = memchr3(b'/', b'?', b'#', rest).unwrap_or(rest.len());
    &rest[..end]
}

/// Decodes percent codes; with `form` a plus sign is a space.
pub(super) fn decode(text: &[u8], form: bool) -> Vec<u8> {
    let mut decoded: Vec<u8> = text.to_vec();
    if form {
        decoded.iter_mut().filter(|byte| **byte == b'+').for_each(|byte| *byte = b' ');
    }
    percent_encoding::percent_decode(&decoded).collect()
}

/// Encodes everything but letters, digits and `-_.~`; with `form` a space is a plus sign.
pub(super) fn encode(text: &[u8], form: bool) -> Vec<u8> {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    let encode = |part: &[u8]| percent_encoding::percent_encode(part, KEPT).to_string();
    if !form {
        return encode(text).into_bytes();
    }
    let parts: Vec<String> = text.split(|byte| *byte == b' ').map(encode).collect();
    parts.join("+").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_with_and_without_scheme() {
        assert_eq!(domain(b"http://user:pw@example.com:80/x"), b"");
        assert_eq!(domain_rfc(b"http://user:pw@example.com:80/x"), b"example.com");
        assert_eq!(domain_rfc(b"http://[2001:db8::1]:80/x"), b"2001:db8::1");
        assert_eq!(domain(b"example.com/x"), b"example.com");
        assert_eq!(domain(b"not a url"), b"");
        assert_eq!(domain(b""), b"");
    }

    #[test]
    fn parameters_are_found_behind_any_delimiter() {
        assert_eq!(parameter(b"http://a.b/?x=1&yx=2&y=3#z=4", b"y"), b"3");
        assert_eq!(parameter(b"http://a.b/#z=4", b"z"), b"4");
        assert_eq!(parameter(b"http://a.b/", b"z"), b"");
    }
}
