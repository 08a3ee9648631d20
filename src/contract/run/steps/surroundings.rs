//! Steps that look beside the protocol at a server of our own: at its database, and where it listens.

use crate::contract::client::connect;
use crate::contract::judge::compare;
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::value::{Difference, ValuePath, Values};
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// The timeout of a connection on this machine, which is accepted or refused at once.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(500);
/// Why a database cannot be looked at.
const NO_DATABASE: &str = "It looks into the database, and `.roadmap/starter.toml` does not say how the server is \
                         pointed at a file of ours: `[database]`.";

impl CheckContext<'_> {
    /// What stands in the files of the database.
    pub(in crate::contract::run) fn database(
        &self,
        expected: &Value,
        values: &Values,
    ) -> Result<(), StepError> {
        let Some(text) = self.server.as_ref().and_then(|server| server.database_text()) else {
            return Err(StepError::skipped(NO_DATABASE));
        };
        let mut differences = Vec::new();
        let place = ValuePath::new("the database", "nothing");
        compare(expected, Some(&Value::from(text)), &place, values, &mut differences);
        if differences.is_empty() {
            return Ok(());
        }
        // Nobody reads a whole database for what is wrong with it.
        for difference in &mut differences {
            "a file that is not like that".clone_into(&mut difference.actual);
        }
        Err(StepError::failed("what is stored", differences))
    }

    /// Nothing listens on the server's port at `address`.
    pub(in crate::contract::run) fn not_at(&self, address: IpAddr) -> Result<(), StepError> {
        let other = SocketAddr::new(address, self.address.port);
        match connect([other], CONNECT_TIMEOUT) {
            Err(_) => Ok(()),
            Ok(_) => {
                let expected = format!("no server at {other}, for HOST is {}", self.address.host);
                let difference = Difference::new("listening", expected, "a connection was taken");
                Err(StepError::failed("where the server listens", vec![difference]))
            }
        }
    }
}
