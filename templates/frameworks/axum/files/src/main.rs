//! Reads the settings, opens the database, and serves until it is told to stop.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};

use app::{
    config::{Config, ConfigError, Variables},
    database::{self, DatabaseError},
    server::{self, Context},
    shutdown::{self, Background},
    web::files,
};
use axum::BoxError;
use tokio::net::TcpListener;

#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("the folder `static` is not here: start the server in the folder that has it")]
    NoFiles,
    #[error("cannot prepare the routes: {0}")]
    Routes(BoxError),
    #[error("cannot listen on {host}:{port}: {source}")]
    Listen { host: String, port: u16, source: io::Error },
    #[error("cannot serve: {0}")]
    Serve(#[from] io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), StartError> {
    if !files::are_here() {
        return Err(StartError::NoFiles);
    }
    let variables = Variables::load()?;
    let config = Config::read(&variables)?;
    tracing_subscriber::fmt()
        .with_max_level(config.log_level)
        .with_ansi(io::stdout().is_terminal())
        .init();

    let db = database::open(&config.database_url).await?;
    let background = Background::default();
    let context = Context { db: db.clone(), variables, background: background.clone() };
    let app = server::app(&context).await.map_err(StartError::Routes)?;

    let (host, port) = (config.host, config.port);
    let listener = match TcpListener::bind((host.as_str(), port)).await {
        Ok(listener) => listener,
        Err(source) => return Err(StartError::Listen { host, port, source }),
    };
    tracing::info!("listening on http://{}", listener.local_addr()?);

    let stop = {
        let background = background.clone();
        async move {
            shutdown::requested().await;
            background.stop();
        }
    };
    let all_ended = async {
        axum::serve(listener, app).with_graceful_shutdown(stop).await?;
        background.ended().await;
        Ok::<_, io::Error>(())
    };
    tokio::select! {
        result = all_ended => result?,
        () = shutdown::grace_period_over() => tracing::warn!("some requests did not end in time"),
    }
    shutdown::close(&db).await;
    tracing::info!("stopped");
    Ok(())
}
