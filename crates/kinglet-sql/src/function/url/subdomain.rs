//! The significant part of a host: the label before the top-level domain, where second levels such as `co.uk` count as such.

/// Second levels that stand for a top-level domain.
const SECOND: [&[u8]; 4] = [b"com", b"net", b"org", b"co"];

/// Where the significant label begins; `None` for a host of one label.
fn start(host: &[u8]) -> Option<usize> {
    let dots: Vec<usize> = (0..host.len()).filter(|at| host[*at] == b'.').collect();
    let last = *dots.last()?;
    let before = dots.len().checked_sub(2).and_then(|at| dots.get(at)).map(|at| at + 1);
    let second = before.unwrap_or(0);
    if before.is_some() && SECOND.contains(&&host[second..last]) {
        let third = dots.len().checked_sub(3).and_then(|at| dots.get(at)).map_or(0, |at| at + 1);
        return Some(third);
    }
    Some(second)
}

/// The significant label.
pub(super) fn label(host: &[u8]) -> &[u8] {
    let Some(start) = start(host) else { return host };
    let rest = &host[start..];
    let end = memchr::memchr(b'.', rest).unwrap_or(rest.len());
    &rest[..end]
}

/// The host from the significant label on; nothing for one of one label.
pub(super) fn tail(host: &[u8]) -> &[u8] {
    start(host).map_or(&[], |start| &host[start..])
}
