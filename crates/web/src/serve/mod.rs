//! Taking calls: plain or TLS, HTTP/1.1, with a bound on everything that
//! somebody slow could hold open, and an end that finishes what was begun.

mod certificate;

pub use certificate::Certificate;

use crate::{App, device::Peer, router};
use axum::{Router, http::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{
    convert::Infallible,
    io,
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;

/// How long what may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// A TLS handshake.
    pub handshake: Duration,
    /// The head of a request, counted from the end of the one before: so long a
    /// connection may also stand idle.
    pub head: Duration,
    /// Requests that were begun before we were asked to stop.
    pub goodbye: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { handshake: Duration::from_secs(10), head: Duration::from_secs(30), goodbye: Duration::from_secs(30) }
    }
}

/// Answers on `listener` until `stop` is done. Requests that were begun then are
/// finished, within `patience.goodbye`. With a certificate it speaks TLS only.
///
/// # Errors
/// What the operating system has against the listener.
pub async fn serve(
    listener: TcpListener,
    app: App,
    certificate: Option<Arc<Certificate>>,
    patience: Patience,
    stop: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    // Asked once, so that a listener that cannot work is an error, not a loop.
    listener.local_addr()?;
    let acceptor = certificate.map(|certificate| TlsAcceptor::from(certificate.config()));
    let router = router(app);
    let (stopping, stopped) = watch::channel(false);
    let mut calls = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = calls.join_next(), if !calls.is_empty() => {}
            taken = listener.accept(), if calls.len() < MOST_CALLS => match taken {
                Ok((stream, from)) => {
                    let router = Answering { router: router.clone(), peer: Peer(from.ip()) };
                    calls.spawn(call(stream, acceptor.clone(), router, patience, stopped.clone()));
                }
                // The caller is gone again, or there are no file descriptors
                // left: neither gets better by asking at once.
                Err(error) => {
                    tracing::warn!(%error, "a call could not be taken");
                    sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }
    drop(listener);
    stopping.send_replace(true);
    let all = async { while calls.join_next().await.is_some() {} };
    if timeout(patience.goodbye, all).await.is_err() {
        tracing::warn!(calls = calls.len(), "requests were still not finished and are given up");
        calls.shutdown().await;
    }
    Ok(())
}

/// Connections that are open at once; who comes later waits until one ends. Each needs some
/// 20 KB, so that all of them need less than the register does.
const MOST_CALLS: usize = 4_096;

/// The router on one connection: it tells each request who is at the other end.
#[derive(Clone)]
struct Answering {
    router: Router,
    peer: Peer,
}

impl tower::Service<Request<Incoming>> for Answering {
    type Response = Response;
    type Error = Infallible;
    type Future = axum::routing::future::RouteFuture<Infallible>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        tower::Service::<Request<Incoming>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        self.router.call(request)
    }
}

/// One connection, from its first byte to its last.
async fn call(
    stream: TcpStream,
    acceptor: Option<TlsAcceptor>,
    router: Answering,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are written whole; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let Some(acceptor) = acceptor else {
        return converse(stream, router, patience, stopped).await;
    };
    let greeted = tokio::select! {
        greeted = timeout(patience.handshake, acceptor.accept(stream)) => greeted,
        // Whoever has not greeted yet has asked for nothing that could be finished.
        () = asked_to(&mut stopped) => return,
    };
    match greeted {
        Ok(Ok(stream)) => converse(stream, router, patience, stopped).await,
        // Whoever speaks no TLS to us is told nothing but that.
        Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
        Err(_) => tracing::debug!("no TLS in time"),
    }
}

/// Done when the server is asked to stop.
async fn asked_to(stopped: &mut watch::Receiver<bool>) {
    // It errs where the server is gone, which is a stop too.
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Requests and answers on one connection.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    router: Answering,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = asked_to(&mut stopped) => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
