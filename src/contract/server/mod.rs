//! The server of a repository: prepared, started, watched, ended.

mod free_port;
mod log;
mod managed;
mod passed;
mod ports;
mod prepare;
mod process_tree;
mod processes;
mod redis;
mod repository;
mod server_target;
mod stored;

pub use managed::{Launch, Server, StartError};
pub use passed::Passed;
pub use prepare::{PrepareError, prepare, run_command};
pub use process_tree::kill_all_trees;
pub use processes::{all_processes, environment_of};
pub use redis::{Redis, RedisError};
pub use repository::{Repository, RepositoryError};
pub use server_target::{Ended, ManagedServer, RestartError, ServerTarget};
