//! `aspire serve`.

use crate::{
    cli::ServeArgs,
    say::{self, Why},
    work::{self, Worker},
    world,
};
use programme::{World, record};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use web::{App, Settings};

/// Serves until asked to stop.
pub(crate) async fn run(database: &str, args: ServeArgs) -> Result<(), Why> {
    log_to_stderr();
    let world = world::open(database).await?;
    // Only this process can have imported into a file; on a server another
    // node's import may still be running.
    if world.db.kind() == store::Kind::Sqlite {
        record::end_interrupted(&world).await?;
    }
    let settings =
        Settings { https: args.https, largest_upload: args.largest_upload * 1024 * 1024, ..Settings::default() };
    let listener = bind(args.listen).await?;
    say::line(&format!("Aspire listens on http://{}", listener.local_addr()?));
    let worker = if args.no_worker { Worker::Elsewhere } else { Worker::Inside };
    serve(listener, world, settings, worker).await
}

/// Binds, with a message that says what to do.
pub(crate) async fn bind(listen: SocketAddr) -> Result<TcpListener, Why> {
    TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}; choose another address with --listen").into())
}

/// Answers until Ctrl-C or SIGTERM; what was begun is finished, by the worker inside too.
pub(crate) async fn serve(listener: TcpListener, world: World, settings: Settings, worker: Worker) -> Result<(), Why> {
    // The register is read now, so that nobody's first page waits for it.
    world.record().await?;
    let worker = work::start(&world, worker);
    let served = web::serve(listener, App::new(world.clone(), settings), asked_to_stop()).await;
    worker.stop().await;
    served?;
    world.db.close().await;
    Ok(())
}

pub(crate) async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => drop(interrupt.await),
    }
}

/// Structured lines on standard error: `ASPIRE_LOG=info` for every request.
pub(crate) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ASPIRE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).json().try_init();
}
