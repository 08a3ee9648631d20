//! The settings: from the environment, and from `.env` where the environment says nothing.

use std::{collections::HashMap, env, str::FromStr};

use tracing::level_filters::LevelFilter;

/// What every server needs to know; routes with settings of their own read them from `Variables`.
#[derive(Debug, PartialEq, Eq)]
pub struct Config {
    pub host: String,
    pub port: u16,
    pub database_url: String,
    pub log_level: LevelFilter,
}

/// Text by name, as it stands in the environment.
#[derive(Clone, Debug, Default)]
pub struct Variables(HashMap<String, String>);

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("cannot read .env: {0}")]
    File(#[from] dotenvy::Error),
    #[error("{name} must be {wanted}, not `{value}`")]
    Value { name: &'static str, value: String, wanted: &'static str },
}

impl Config {
    pub fn read(variables: &Variables) -> Result<Self, ConfigError> {
        Ok(Self {
            host: variables.text("HOST", "127.0.0.1"),
            port: variables.parse("PORT", "8000", "a number from 0 to 65535")?,
            database_url: variables.text("DATABASE_URL", "sqlite://data/app.db"),
            log_level: variables.parse(
                "LOG_LEVEL",
                "info",
                "off, error, warn, info, debug or trace",
            )?,
        })
    }
}

impl Variables {
    pub fn load() -> Result<Self, ConfigError> {
        let mut variables = read_dotenv()?;
        // The environment comes second: it wins.
        variables.extend(env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }));
        Ok(Self(variables))
    }

    pub fn text(&self, name: &str, default: &str) -> String {
        self.0.get(name).map_or(default, String::as_str).to_owned()
    }

    pub fn parse<T: FromStr>(
        &self,
        name: &'static str,
        default: &str,
        wanted: &'static str,
    ) -> Result<T, ConfigError> {
        let value = self.text(name, default);
        value.parse().map_err(|_| ConfigError::Value { name, value, wanted })
    }
}

/// For tests, which need no real environment.
impl<const N: usize> From<[(&str, &str); N]> for Variables {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unset_has_a_default() {
        let config = Config::read(&Variables::default()).unwrap();
        assert_eq!(config.host, "127.0.0.1");
        assert_eq!(config.port, 8000);
        assert_eq!(config.log_level, LevelFilter::INFO);
    }

    #[test]
    fn a_port_that_is_no_number_is_refused_by_name() {
        let error = Config::read(&Variables::from([("PORT", "http")])).unwrap_err();
        assert_eq!(error.to_string(), "PORT must be a number from 0 to 65535, not `http`");
    }
}
