//! `aspire serve`.

use crate::{
    config::{Loaded, Tls},
    log,
    say::{self, Why},
    stop::{self, Stop},
    work::{self, Worker},
    world,
};
use programme::{World, record};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::AbortHandle};
use web::{App, Certificate, Patience, Settings};

/// How often the files of the certificate are looked at.
const LOOK: Duration = Duration::from_secs(60);

/// Serves until asked to stop.
pub(crate) async fn run(loaded: &Loaded) -> Result<(), Why> {
    let config = &loaded.config;
    log::start(&config.log);
    for name in loaded.unknown() {
        tracing::warn!("{name}");
    }
    let certificate = config.tls.as_ref().map(open).transpose()?;
    // From here on a signal is heard, also while the database is still opened.
    let stop = Stop::listen()?;
    let renewing = renew(certificate.clone())?;
    let world = world::open_whole(config).await?;
    // Only this process can have imported into a file; on a server another
    // node's import may still be running.
    if world.db.kind() == store::Kind::Sqlite {
        record::end_interrupted(&world).await?;
    }
    let settings = Settings {
        https: config.https,
        largest_upload: config.largest_upload,
        proxies: config.proxies.clone(),
        ..Settings::default()
    };
    let listener = bind(config.listen).await?;
    let scheme = if certificate.is_some() { "https" } else { "http" };
    say::line(&format!("Aspire listens on {scheme}://{}", listener.local_addr()?));
    let worker = if config.worker_inside { Worker::Inside } else { Worker::Elsewhere };
    let served = answer(listener, world, settings, worker, certificate, stop).await;
    renewing.abort();
    served
}

fn open(tls: &Tls) -> Result<Arc<Certificate>, Why> {
    Ok(Arc::new(Certificate::open(&tls.certificate, &tls.key)?))
}

/// Looks at the certificate's files each minute and on SIGHUP. A certificate is
/// renewed by others, who need not know us.
fn renew(certificate: Option<Arc<Certificate>>) -> Result<AbortHandle, Why> {
    let mut hang_up = stop::hang_up()?;
    let looking = tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = hang_up.recv() => {}
                () = tokio::time::sleep(LOOK), if certificate.is_some() => {}
            }
            let Some(certificate) = certificate.clone() else {
                continue;
            };
            match tokio::task::spawn_blocking(move || certificate.reload()).await {
                Ok(Ok(true)) => tracing::info!("the certificate was renewed"),
                Ok(Ok(false)) => {}
                Ok(Err(error)) => tracing::error!(error, "the certificate cannot be used; the one before stays"),
                Err(error) => tracing::error!(%error, "the certificate was not looked at"),
            }
        }
    });
    Ok(looking.abort_handle())
}

/// Binds, with a message that says what to do.
pub(crate) async fn bind(listen: SocketAddr) -> Result<TcpListener, Why> {
    TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}; choose another address with --listen").into())
}

/// Answers over plain HTTP until asked to stop.
pub(crate) async fn serve(listener: TcpListener, world: World, settings: Settings, worker: Worker) -> Result<(), Why> {
    answer(listener, world, settings, worker, None, Stop::listen()?).await
}

/// Answers until Ctrl-C or SIGTERM; what was begun is finished, by the worker
/// inside too, unless it is asked a second time.
async fn answer(
    listener: TcpListener,
    world: World,
    settings: Settings,
    worker: Worker,
    certificate: Option<Arc<Certificate>>,
    stop: Stop,
) -> Result<(), Why> {
    // The register is read now, so that nobody's first page waits for it.
    world.record().await?;
    let app = App::new(world.clone(), settings);
    let served = async {
        let worker = work::start(&world, worker);
        let served = web::serve(listener, app, certificate, Patience::default(), stop.clone().asked()).await;
        worker.stop().await;
        served?;
        // Waits for whatever still writes, such as an import that somebody began.
        world.db.close().await;
        Ok(())
    };
    tokio::select! {
        served = served => served,
        () = stop.clone().urged() => {
            say::problem("stopped at once, without finishing what was begun");
            Ok(())
        }
    }
}

/// The demo's log: what went wrong, unless `ASPIRE_LOG` asks for more.
pub(crate) fn log_to_stderr() {
    log::start(&std::env::var("ASPIRE_LOG").unwrap_or_else(|_| "warn".to_owned()));
}
