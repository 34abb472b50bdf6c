//! Command line.

use std::path::PathBuf;

/// What the server is started with.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Port on localhost; 0 takes a free one.
    pub(crate) port: u16,
    /// Port of ClickHouse's interface; the one after `port` when not given, or a free one.
    pub(crate) clickhouse_port: Option<u16>,
    /// Folder that keeps the data; memory when there is none.
    pub(crate) disk: Option<PathBuf>,
    /// Secret of the default workspace's admin token.
    pub(crate) workspace_token: Option<String>,
    /// Secret of the user token.
    pub(crate) user_token: Option<String>,
}

const USAGE: &str = "usage: kinglet-server [--port PORT] [--clickhouse-port PORT] [--disk FOLDER] [--token SECRET] [--user-token SECRET]";

impl Options {
    /// Reads arguments. Port 7181 is Tinybird Local's.
    pub(crate) fn from_args(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options { port: 7181, ..Options::default() };
        while let Some(name) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{name} needs a value\n{USAGE}"));
            match name.as_str() {
                "--port" => options.port = port(&value()?)?,
                "--clickhouse-port" => options.clickhouse_port = Some(port(&value()?)?),
                "--disk" => options.disk = Some(PathBuf::from(value()?)),
                "--token" => options.workspace_token = Some(value()?),
                "--user-token" => options.user_token = Some(value()?),
                _ => return Err(format!("unknown argument '{name}'\n{USAGE}")),
            }
        }
        Ok(options)
    }

    /// Where ClickHouse's interface listens. Port 7182 is Tinybird Local's.
    pub(crate) fn clickhouse_port(&self) -> u16 {
        let next = if self.port == 0 { 0 } else { self.port.wrapping_add(1) };
        self.clickhouse_port.unwrap_or(next)
    }
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("'{text}' is not a port\n{USAGE}"))
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
        let defaults = read(&[]).unwrap();
        assert_eq!((defaults.port, defaults.clickhouse_port()), (7181, 7182));
        assert_eq!(read(&["--port", "0"]).unwrap().clickhouse_port(), 0);
        assert_eq!(read(&["--clickhouse-port", "81"]).unwrap().clickhouse_port(), 81);
        assert!(read(&["--port"]).unwrap_err().contains("needs a value"));
        assert!(read(&["--port", "x"]).unwrap_err().contains("not a port"));
        assert!(read(&["--what"]).unwrap_err().contains("unknown argument"));
    }
}
