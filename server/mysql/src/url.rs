//! Options as a URL (deploy.md §6.3).

use mysql_async::Opts;

use crate::options::{MysqlOptions, Ssl};

/// Why a URL is none of a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// It is not written as `mysql://user:password@host:port/database`.
    #[error("not of the form mysql://user:password@host:port/database")]
    Malformed(#[source] mysql_async::UrlError),
    /// It names nobody to connect as.
    #[error("the URL names no user")]
    NoUser,
    /// A parameter has a value that means nothing.
    #[error("the URL parameter `{name}` cannot be `{value}`")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
    },
}

impl MysqlOptions {
    /// Reads `mysql://user:password@host:port/database?ssl=1&connectionLimit=10`; also answers the database, which
    /// all services then share (deploy.md §2.1). The port may be missing (3306), and so may password, database and
    /// parameters; unknown parameters mean nothing. `ssl` is `0`, `false` or `disable`; `prefer`; `1`, `true` or
    /// `require`.
    ///
    /// # Errors
    /// If the text is no such URL.
    pub fn from_url(url: &str) -> Result<(Self, Option<String>), UrlError> {
        let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
        let address = Opts::from_url(address).map_err(UrlError::Malformed)?;
        let user = address.user().filter(|user| !user.is_empty());
        let mut options = Self::new(
            address.ip_or_hostname(),
            address.tcp_port(),
            user.ok_or(UrlError::NoUser)?,
            address.pass().unwrap_or_default(),
        );
        for parameter in parameters.split('&') {
            match parameter.split_once('=') {
                Some(("ssl", value)) => options.ssl = ssl(value)?,
                Some(("connectionLimit", value)) => options.connection_limit = limit(value)?,
                _ => {}
            }
        }
        let database = address.db_name().filter(|database| !database.is_empty());
        Ok((options, database.map(str::to_owned)))
    }
}

fn ssl(value: &str) -> Result<Ssl, UrlError> {
    match value {
        "0" | "false" | "disable" => Ok(Ssl::Disable),
        "prefer" => Ok(Ssl::Prefer),
        "1" | "true" | "require" => Ok(Ssl::Require),
        _ => Err(refused("ssl", value)),
    }
}

fn limit(value: &str) -> Result<usize, UrlError> {
    let limit = value.parse().ok().filter(|&limit| limit > 0);
    limit.ok_or_else(|| refused("connectionLimit", value))
}

fn refused(name: &'static str, value: &str) -> UrlError {
    UrlError::Parameter {
        name,
        value: value.to_owned(),
    }
}
