//! Being asked to stop, and to look at files again.

use crate::say::Why;
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// How often Ctrl-C or SIGTERM came.
#[derive(Clone)]
pub(crate) struct Stop(watch::Receiver<u8>);

impl Stop {
    /// Listens from now on.
    ///
    /// # Errors
    /// The system lets nobody listen.
    pub(crate) fn listen() -> Result<Self, Why> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let (times, heard) = watch::channel(0_u8);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    Some(()) = interrupt.recv() => {}
                    Some(()) = terminate.recv() => {}
                    else => return,
                }
                times.send_modify(|times| *times = u8::saturating_add(*times, 1));
            }
        });
        Ok(Self(heard))
    }

    /// Done when asked to stop: finish what was begun.
    pub(crate) async fn asked(mut self) {
        drop(self.0.wait_for(|times| *times >= 1).await);
    }

    /// Done when asked a second time: stop at once.
    pub(crate) async fn urged(mut self) {
        drop(self.0.wait_for(|times| *times >= 2).await);
    }
}

/// SIGHUP, which asks to read files again. Without this it would end the process.
///
/// # Errors
/// The system lets nobody listen.
pub(crate) fn hang_up() -> Result<Signal, Why> {
    Ok(signal(SignalKind::hangup())?)
}
