//! The settings: from the environment, and from `.env` where the environment says nothing.

use std::{collections::HashMap, env, str::FromStr};

use tracing::level_filters::LevelFilter;

#[derive(Debug, PartialEq, Eq)]
pub struct Config {
    pub host: String,
    pub port: u16,
    pub database_url: String,
    pub log_level: LevelFilter,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read .env: {0}")]
    File(#[from] dotenvy::Error),
    #[error("{name} must be {wanted}, not `{value}`")]
    Value { name: &'static str, value: String, wanted: &'static str },
}

impl Config {
    pub fn load() -> Result<Self, ConfigError> {
        let file = read_dotenv()?;
        Self::from_variables(|name| env::var(name).ok().or_else(|| file.get(name).cloned()))
    }

    /// Takes a function, so that a test needs no real environment.
    fn from_variables(get: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let text = |name, default: &str| get(name).unwrap_or_else(|| default.to_owned());
        Ok(Self {
            host: text("HOST", "127.0.0.1"),
            port: parse("PORT", text("PORT", "8000"), "a number from 0 to 65535")?,
            database_url: text("DATABASE_URL", "sqlite://data/app.db"),
            log_level: parse(
                "LOG_LEVEL",
                text("LOG_LEVEL", "info"),
                "off, error, warn, info, debug or trace",
            )?,
        })
    }
}

/// The file's variables; none if there is no file, for it is optional.
fn read_dotenv() -> Result<HashMap<String, String>, ConfigError> {
    match dotenvy::from_path_iter(".env") {
        Ok(variables) => Ok(variables.collect::<Result<_, _>>()?),
        Err(error) if error.not_found() => Ok(HashMap::new()),
        Err(error) => Err(error.into()),
    }
}

fn parse<T: FromStr>(
    name: &'static str,
    value: String,
    wanted: &'static str,
) -> Result<T, ConfigError> {
    value.parse().map_err(|_| ConfigError::Value { name, value, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unset_has_a_default() {
        let config = Config::from_variables(|_| None).unwrap();
        assert_eq!(config.host, "127.0.0.1");
        assert_eq!(config.port, 8000);
        assert_eq!(config.log_level, LevelFilter::INFO);
    }

    #[test]
    fn a_port_that_is_no_number_is_refused_by_name() {
        let get = |name: &str| (name == "PORT").then(|| "http".to_owned());
        let error = Config::from_variables(get).unwrap_err();
        assert_eq!(error.to_string(), "PORT must be a number from 0 to 65535, not `http`");
    }
}
