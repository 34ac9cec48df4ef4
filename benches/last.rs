//! Loads a running server from a process of its own: so many requests a second, sent when they are due whether or not
//! the earlier ones have been answered, and how long each took from when it was due.
//!
//! `last ADRESS COOKIE PER_SEKUND SEKUNDER SIDA…`, for instance `last 127.0.0.1:8080 samsyn=… 200 30 /f/a/laget`.
//! Without arguments, as when all benches are run, it does nothing. scripts/last starts the server and logs in.

use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Connections that are kept open; a request that finds all of them busy waits, and the wait counts.
const CONNECTIONS: usize = 16;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [address, cookie, rate, seconds, pages @ ..] = arguments.as_slice() else { return };
    let (rate, seconds): (u32, u32) = (rate.parse().expect("a number"), seconds.parse().expect("a number"));
    for page in pages {
        let (mut times, failed, bytes) = load(address, cookie, page, rate, seconds).await;
        times.sort();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!(
            "{page}: {} answers, {failed} failed, {} kB sent; p50 {:.1} ms, p90 {:.1}, p99 {:.1}, most {:.1}",
            times.len(),
            bytes / times.len().max(1) / 1000,
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
    }
}

/// Sends the requests of one page. How long each took, how many were not answered by 200, and how many bytes came.
async fn load(address: &str, cookie: &str, page: &str, rate: u32, seconds: u32) -> (Vec<Duration>, usize, usize) {
    let (done, mut answers) = mpsc::unbounded_channel();
    let (work, queue) = async_queue();
    for _ in 0..CONNECTIONS {
        let (address, queue, done) = (address.to_owned(), queue.clone(), done.clone());
        let request =
            format!("GET {page} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\n\r\n");
        tokio::spawn(async move {
            let mut stream = TcpStream::connect(&address).await.expect("the server answers");
            stream.set_nodelay(true).expect("a socket");
            loop {
                let due: Option<Instant> = queue.lock().await.recv().await;
                let Some(due) = due else { break };
                let (right, bytes) = ask(&mut stream, request.as_bytes()).await;
                let _ = done.send((due.elapsed(), right, bytes));
            }
        });
    }
    drop(done);
    let begun = Instant::now();
    for number in 0..rate * seconds {
        let due = begun + Duration::from_secs_f64(f64::from(number) / f64::from(rate));
        tokio::time::sleep_until(due).await;
        let _ = work.send(due);
    }
    drop(work);
    let (mut times, mut failed, mut all) = (Vec::new(), 0, 0);
    while let Some((time, right, bytes)) = answers.recv().await {
        times.push(time);
        failed += usize::from(!right);
        all += bytes;
    }
    (times, failed, all)
}

type Queue = std::sync::Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<Instant>>>;

fn async_queue() -> (mpsc::UnboundedSender<Instant>, Queue) {
    let (send, receive) = mpsc::unbounded_channel();
    (send, std::sync::Arc::new(tokio::sync::Mutex::new(receive)))
}

/// Sends a request and reads the whole answer, of known length or in chunks. Whether it was 200, and its bytes.
async fn ask(stream: &mut TcpStream, request: &[u8]) -> (bool, usize) {
    stream.write_all(request).await.expect("the server reads");
    let mut buffer = Vec::with_capacity(64 * 1024);
    let mut chunk = [0; 32 * 1024];
    loop {
        let read = stream.read(&mut chunk).await.expect("the server writes");
        assert!(read > 0, "the server hung up");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let whole = match length {
            Some(length) => buffer.len() >= end + 4 + length,
            None => buffer.ends_with(b"0\r\n\r\n"),
        };
        if whole {
            return (head.starts_with("http/1.1 200"), buffer.len());
        }
    }
}
