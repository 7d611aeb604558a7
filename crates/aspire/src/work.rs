//! `aspire work`, and the worker inside `aspire serve`.

use crate::{
    config::Loaded,
    log,
    say::{self, Why},
    stop::Stop,
    world,
};
use programme::{World, work};
use tokio::{sync::oneshot, task::JoinHandle};

/// Who works off the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worker {
    /// This process, beside answering.
    Inside,
    /// `aspire work`, as a process of its own.
    Elsewhere,
}

/// `aspire work`: works until Ctrl-C or SIGTERM, and finishes what it took.
pub(crate) async fn run(loaded: &Loaded) -> Result<(), Why> {
    log::start(&loaded.config.log);
    let stop = Stop::listen()?;
    let world = world::open_whole(&loaded.config).await?;
    say::line(if world.mail.is_set_up() {
        "Aspire works off its queue."
    } else {
        "Aspire works off its queue; letters wait, since no mail server is set up."
    });
    work::runner(&world).run(stop.asked()).await;
    world.db.close().await;
    Ok(())
}

/// A worker beside a server.
pub(crate) struct Beside(Option<(oneshot::Sender<()>, JoinHandle<()>)>);

/// Starts it, where there is to be one.
pub(crate) fn start(world: &World, worker: Worker) -> Beside {
    if worker == Worker::Elsewhere {
        return Beside(None);
    }
    let (stop, stopped) = oneshot::channel();
    let runner = work::runner(world);
    let running = tokio::spawn(async move {
        // A sender that is dropped is a reason to stop too.
        runner.run(async { drop(stopped.await) }).await;
    });
    Beside(Some((stop, running)))
}

impl Beside {
    /// Asks it to stop, and waits until what it took is finished.
    pub(crate) async fn stop(self) {
        if let Some((stop, running)) = self.0 {
            let _ = stop.send(());
            if let Err(error) = running.await {
                tracing::error!(%error, "the worker stopped by a fault");
            }
        }
    }
}
