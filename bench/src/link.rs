//! A connection that stays open, over which somebody who is signed in asks.

use crate::{
    Outcome,
    http::{self, Answer},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A connection to a server on this machine; made when it is needed.
pub struct Link {
    address: String,
    open: Option<Open>,
}

/// An open connection with what came on it and is not read yet.
struct Open {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Link {
    /// To this address.
    pub fn to(address: &str) -> Self {
        Self { address: address.to_owned(), open: None }
    }

    /// Sends a request and waits for the whole answer. After an error the
    /// connection is made anew.
    pub async fn ask(&mut self, request: &[u8]) -> Outcome<Answer> {
        let asked = tokio::time::timeout(http::PATIENCE, self.once(request)).await;
        let outcome = asked.unwrap_or_else(|_| Err(format!("no answer within {} s", http::PATIENCE.as_secs())));
        if outcome.is_err() {
            self.open = None;
        }
        outcome
    }

    async fn once(&mut self, request: &[u8]) -> Outcome<Answer> {
        let text = |error: std::io::Error| error.to_string();
        let open = match &mut self.open {
            Some(open) => open,
            None => {
                let stream = TcpStream::connect(&self.address).await.map_err(text)?;
                stream.set_nodelay(true).map_err(text)?;
                self.open.insert(Open { stream, buffer: Vec::with_capacity(64 * 1024) })
            }
        };
        open.stream.write_all(request).await.map_err(text)?;
        loop {
            if open.stream.read_buf(&mut open.buffer).await.map_err(text)? == 0 {
                return Err("the connection was closed within an answer".to_owned());
            }
            let Some((answer, taken)) = http::whole(&open.buffer).map_err(text)? else { continue };
            open.buffer.drain(..taken);
            return Ok(answer);
        }
    }
}
