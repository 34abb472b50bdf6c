//! The XML of `ListObjectsV2`, with its names percent-encoded (`encoding-type=url`).

use percent_encoding::percent_decode_str;

/// A file in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    /// Its name.
    pub(super) key: String,
    /// What changes when its bytes do.
    pub(super) tag: String,
    /// `2026-02-01T10:00:00.000Z`.
    pub(super) modified: String,
}

/// A page of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) objects: Vec<Object>,
    /// What the next page is asked with.
    pub(super) next: Option<String>,
}

/// The objects of a page; what is no such page has none.
pub(super) fn parse(page: &[u8]) -> Listing {
    let text = String::from_utf8_lossy(page);
    let objects = text.split("<Contents>").skip(1).filter_map(|rest| {
        let entry = rest.split("</Contents>").next()?;
        let key =
            percent_decode_str(&element(entry, "Key")?.replace('+', " ")).decode_utf8_lossy().into_owned();
        let tag = element(entry, "ETag").unwrap_or_default().trim_matches('"').to_owned();
        let modified = element(entry, "LastModified").unwrap_or_default();
        // A name that ends in a slash is a folder.
        (!key.ends_with('/')).then_some(Object { key, tag, modified })
    });
    let is_cut = element(&text, "IsTruncated").as_deref() == Some("true");
    Listing { objects: objects.collect(), next: element(&text, "NextContinuationToken").filter(|_| is_cut) }
}

/// Why a server refused.
pub(super) fn message(page: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(page);
    Some(format!("({}: {})", element(&text, "Code")?, element(&text, "Message").unwrap_or_default()))
}

fn element(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (value, _) = rest.split_once(&format!("</{name}>"))?;
    let unescaped = [("&quot;", "\""), ("&#34;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    Some(unescaped.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read() {
        let page = b"<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>true</IsTruncated>\
            <Contents><Key>a%2Fb+c.csv</Key><LastModified>2026-02-01T10:00:00.000Z</LastModified>\
            <ETag>&quot;x1&quot;</ETag><Size>3</Size></Contents><Contents><Key>a/</Key></Contents>\
            <NextContinuationToken>t&amp;u</NextContinuationToken></ListBucketResult>";
        let object = Object {
            key: "a/b c.csv".to_owned(),
            tag: "x1".to_owned(),
            modified: "2026-02-01T10:00:00.000Z".to_owned(),
        };
        assert_eq!(parse(page), Listing { objects: vec![object], next: Some("t&u".to_owned()) });
        assert_eq!(parse(b"nothing <Contents>"), Listing::default());
    }
}
