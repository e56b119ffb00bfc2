//! The variables that configured servers before there were configuration texts (deploy.md §6.4): always MySQL.

use prisma_mysql::MysqlOptions;

use super::{
    ConfigError, DatabaseConfig,
    database::{Place, check_limit},
};

/// The port of MySQL.
const PORT: u16 = 3306;

/// Where servers of that time kept their services.
const MANAGEMENT: &str = "graphcool";

/// Below the minimum, so the limit has to be given.
const CONNECTIONS: i64 = 1;

/// The database that the variables name; `None` if not all of those are set that must be.
pub(super) fn database(
    variable: impl Fn(&'static str) -> Option<String>,
) -> Result<Option<DatabaseConfig>, ConfigError> {
    let (Some(host), Some(user), Some(password)) = (
        variable("SQL_CLIENT_HOST"),
        variable("SQL_CLIENT_USER"),
        variable("SQL_CLIENT_PASSWORD"),
    ) else {
        return Ok(None);
    };
    let port = variable("SQL_CLIENT_PORT").and_then(|port| port.parse().ok());
    let limit = variable("SQL_INTERNAL_CONNECTION_LIMIT").and_then(|limit| limit.parse().ok());
    let options = MysqlOptions::new(host, port.unwrap_or(PORT), user, password);
    let place = Place::Mysql {
        options: Box::new(options),
        database: None,
    };
    let management = variable("SQL_INTERNAL_DATABASE").unwrap_or_else(|| MANAGEMENT.to_owned());
    Ok(Some(DatabaseConfig {
        management: Some(management),
        connection_limit: Some(check_limit(limit.unwrap_or(CONNECTIONS))?),
        ..DatabaseConfig::at("default", place)
    }))
}
