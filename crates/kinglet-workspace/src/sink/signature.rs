//! Signing requests to S3 and whatever speaks like it: AWS Signature Version 4.

use crate::error::{Error, Result};
use crate::host::hex;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Who signs, and for where.
pub(super) struct Credentials<'a> {
    pub(super) access_key: &'a str,
    pub(super) secret: &'a str,
    pub(super) region: &'a str,
}

/// A request to be signed. Header names are in lower case.
pub(super) struct Signing<'a> {
    pub(super) method: &'a str,
    /// Path, encoded.
    pub(super) path: &'a str,
    /// Query, encoded; its parameters in any order.
    pub(super) query: &'a str,
    pub(super) host: &'a str,
    /// Further headers that are signed.
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a [u8],
    /// `20130524T000000Z`.
    pub(super) time: &'a str,
}

/// The headers to send besides those that were given: date, hash of the body, signature.
pub(super) fn headers(signing: &Signing<'_>, credentials: &Credentials<'_>) -> Result<Vec<(String, String)>> {
    let hash = hex(&Sha256::digest(signing.body));
    let mut signed: Vec<(&str, &str)> = signing.headers.to_vec();
    signed.extend([("host", signing.host), ("x-amz-content-sha256", &hash), ("x-amz-date", signing.time)]);
    signed.sort_unstable();
    let lines: String = signed.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let query = canonical_query(signing.query);
    let request = format!("{}\n{}\n{query}\n{lines}\n{names}\n{hash}", signing.method, signing.path);
    let day = signing.time.get(..8).unwrap_or_default();
    let scope = format!("{day}/{}/s3/aws4_request", credentials.region);
    let text =
        format!("AWS4-HMAC-SHA256\n{}\n{scope}\n{}", signing.time, hex(&Sha256::digest(request.as_bytes())));
    let mut key = format!("AWS4{}", credentials.secret).into_bytes();
    for part in [day, credentials.region, "s3", "aws4_request"] {
        key = mac(&key, part.as_bytes())?;
    }
    let signature = hex(&mac(&key, text.as_bytes())?);
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
        credentials.access_key
    );
    Ok(vec![
        ("x-amz-date".to_owned(), signing.time.to_owned()),
        ("x-amz-content-sha256".to_owned(), hash),
        ("authorization".to_owned(), authorization),
    ])
}

/// The parameters of a query in order, each with its `=`.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

fn mac(key: &[u8], text: &[u8]) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::internal("no key to sign with"))?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Amazon's documentation ("GET Object").
    #[test]
    fn the_documented_example_is_signed_as_documented() {
        let credentials = Credentials {
            access_key: "AKIAIOSFODNN7EXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
        };
        let signing = Signing {
            method: "GET",
            path: "/test.txt",
            query: "",
            host: "examplebucket.s3.amazonaws.com",
            headers: &[("range", "bytes=0-9")],
            body: b"",
            time: "20130524T000000Z",
        };
        let made = headers(&signing, &credentials).unwrap();
        let authorization = &made.last().unwrap().1;
        let signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
        assert!(authorization.ends_with(&format!("Signature={signature}")), "{authorization}");
        // "GET Bucket (List Objects)" of the same page.
        let signing = Signing { path: "/", query: "prefix=J&max-keys=2", headers: &[], ..signing };
        let made = headers(&signing, &credentials).unwrap();
        let signature = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
        assert!(made.last().unwrap().1.ends_with(&format!("Signature={signature}")));
    }
}
