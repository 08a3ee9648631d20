//! The server of a repository: prepared, started, watched, ended.

mod free_port;
mod host;
mod log;
mod managed;
mod passed;
mod ports;
mod prepare;
mod process_tree;
mod processes;
mod redis;
mod repository;
mod stored;

pub use host::{Ended, Host, RestartError, ServerTarget};
pub use managed::{Launch, Server, StartError};
pub use passed::Passed;
pub use prepare::{PrepareError, prepare, run_command};
pub use process_tree::end_all;
pub use processes::{all_processes, environment_of};
pub use redis::{Redis, RedisError};
pub use repository::{Repository, RepositoryError};
