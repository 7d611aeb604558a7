//! As much of HTTP/1.1 as it takes to ask and to know that the answer is whole.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

/// How long anything may take before it counts as lost.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// An answer.
pub struct Answer {
    /// 200 where all is well.
    pub status: u16,
    /// Where one is sent on to; empty where one is not.
    pub location: String,
    /// What was answered, as it came (compressed, where it was).
    pub body: Vec<u8>,
}

/// How the end of a body is known.
#[derive(Debug, PartialEq, Eq)]
enum Length {
    Bytes(usize),
    Chunks,
}

/// The text of a request by somebody with these cookies; with a form, where one is sent.
pub fn request_by(address: &str, target: &str, cookies: &str, form: Option<&str>) -> Vec<u8> {
    match form {
        None => format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\n\r\n"),
        Some(form) => format!(
            "POST {target} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\nOrigin: http://{address}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        ),
    }
    .into_bytes()
}

/// The text of a request.
pub fn request(address: &str, target: &str, gzip: bool) -> Vec<u8> {
    let accept = if gzip { "Accept-Encoding: gzip\r\n" } else { "" };
    format!("GET {target} HTTP/1.1\r\nHost: {address}\r\n{accept}\r\n").into_bytes()
}

/// Asks once, on a connection of its own.
pub fn get(address: &str, target: &str) -> std::io::Result<Answer> {
    send(address, &request(address, target, false))
}

/// Sends a request, on a connection of its own.
pub fn send(address: &str, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    stream.write_all(request)?;
    let (mut buffer, mut piece) = (Vec::new(), [0; 16 * 1024]);
    loop {
        match stream.read(&mut piece)? {
            0 => return Err(std::io::Error::other("the connection was closed within an answer")),
            got => buffer.extend_from_slice(&piece[..got]),
        }
        if let Some((answer, _)) = whole(&buffer)? {
            return Ok(answer);
        }
    }
}

/// The answer at the start of `buffer` and how many bytes it took; `None` while
/// more must come.
///
/// # Errors
/// What came is no HTTP.
pub fn whole(buffer: &[u8]) -> std::io::Result<Option<(Answer, usize)>> {
    let Some(end) = find(buffer, b"\r\n\r\n") else { return Ok(None) };
    let (status, location, length) =
        head(&buffer[..end]).ok_or_else(|| std::io::Error::other("this is no HTTP answer"))?;
    let rest = &buffer[end + 4..];
    Ok(match length {
        Length::Bytes(bytes) => {
            (rest.len() >= bytes).then(|| (Answer { status, location, body: rest[..bytes].to_vec() }, end + 4 + bytes))
        }
        Length::Chunks => chunks(rest)?.map(|(body, taken)| (Answer { status, location, body }, end + 4 + taken)),
    })
}

fn head(bytes: &[u8]) -> Option<(u16, String, Length)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut lines = text.split("\r\n");
    let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    let (mut length, mut location) = (None, String::new());
    for line in lines {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(Length::Bytes(value.trim().parse().ok()?));
        } else if name.eq_ignore_ascii_case("transfer-encoding") && value.trim().eq_ignore_ascii_case("chunked") {
            length = Some(Length::Chunks);
        } else if name.eq_ignore_ascii_case("location") {
            location = value.trim().to_owned();
        }
    }
    Some((status, location, length?))
}

fn chunks(bytes: &[u8]) -> std::io::Result<Option<(Vec<u8>, usize)>> {
    let (mut body, mut at) = (Vec::new(), 0);
    loop {
        let Some(end) = find(&bytes[at..], b"\r\n") else { return Ok(None) };
        let size = std::str::from_utf8(&bytes[at..at + end]).ok().and_then(|text| usize::from_str_radix(text, 16).ok());
        let size = size.ok_or_else(|| std::io::Error::other("a chunk without its size"))?;
        let start = at + end + 2;
        if bytes.len() < start + size + 2 {
            return Ok(None);
        }
        body.extend_from_slice(&bytes[start..start + size]);
        at = start + size + 2;
        if size == 0 {
            return Ok(Some((body, at)));
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_when_its_last_byte_is_there() {
        let known = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 404".as_slice();
        let chunked =
            b"HTTP/1.1 503 No\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n".as_slice();
        for (bytes, status, body, all) in [(known, 200, "hello", 43), (chunked, 503, "hello!", chunked.len())] {
            for cut in 0..all {
                assert!(whole(&bytes[..cut]).unwrap().is_none(), "{cut}");
            }
            let (answer, taken) = whole(bytes).unwrap().unwrap();
            assert_eq!((answer.status, answer.body.as_slice(), taken), (status, body.as_bytes(), all));
        }
        assert!(whole(b"HTTP/1.1 200 OK\r\n\r\n").is_err(), "a length is needed");
    }
}
