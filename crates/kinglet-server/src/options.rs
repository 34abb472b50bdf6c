//! Command line.

use std::path::PathBuf;

/// What the server is started with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Port on localhost; 0 takes a free one.
    pub(crate) port: u16,
    /// Folder that keeps the data; memory when there is none.
    pub(crate) disk: Option<PathBuf>,
    /// Secret of the default workspace's admin token.
    pub(crate) workspace_token: Option<String>,
    /// Secret of the user token.
    pub(crate) user_token: Option<String>,
}

const USAGE: &str =
    "usage: kinglet-server [--port PORT] [--disk FOLDER] [--token SECRET] [--user-token SECRET]";

impl Options {
    /// Reads arguments. Port 7181 is Tinybird Local's.
    pub(crate) fn from_args(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options { port: 7181, ..Options::default() };
        while let Some(name) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"));
            match name.as_str() {
                "--port" => {
                    let text = value()?;
                    options.port = text.parse().map_err(|_| format!("'{text}' is not a port\n{USAGE}"))?;
                }
                "--disk" => options.disk = Some(PathBuf::from(value()?)),
                "--token" => options.workspace_token = Some(value()?),
                "--user-token" => options.user_token = Some(value()?),
                _ => return Err(format!("unknown argument '{name}'\n{USAGE}")),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Options, String> {
        Options::from_args(args.iter().map(|arg| (*arg).to_owned()))
    }

    #[test]
    fn arguments_are_read_and_wrong_ones_told() {
        let options = read(&["--port", "0", "--disk", "/tmp/x"]).unwrap();
        assert_eq!((options.port, options.disk), (0, Some(PathBuf::from("/tmp/x"))));
        assert_eq!(read(&[]).unwrap().port, 7181);
        assert!(read(&["--port"]).unwrap_err().contains("needs a value"));
        assert!(read(&["--port", "x"]).unwrap_err().contains("not a port"));
        assert!(read(&["--what"]).unwrap_err().contains("unknown argument"));
    }
}
