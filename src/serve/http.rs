//! The server: one page and its data, to browsers on this machine.
//!
//! In: requests on loopback. Out: the page, its data, or a refusal. A request whose `Host`
//! is not this server's own name is refused, so that no other site can reach it through a
//! name that resolves to this machine (DNS rebinding). Refuses to know: files; no path
//! leads to one.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response};

use super::board::{Board, Posted};
use crate::explorer::{Live, page};

/// How long a browser waits for a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);
/// Browsers that wait at the same time; more are asked to come back.
const MAX_WAITING: usize = 64;

/// A bound server.
pub struct Server {
    http: tiny_http::Server,
    address: SocketAddr,
    waiting: Arc<AtomicUsize>,
}

impl Server {
    /// Binds a port of the loopback address; port 0 takes a free one.
    pub fn bind(port: u16) -> Result<Self> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let http = tiny_http::Server::http(wanted).map_err(|error| {
            anyhow!("can't listen on {wanted}: {error}; choose another port with --port, or --port 0 for any free one")
        })?;
        let address = http.server_addr().to_ip().unwrap_or(wanted);
        Ok(Self {
            http,
            address,
            waiting: Arc::default(),
        })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers until [`stop`](Self::stop).
    pub fn run(&self, board: &Arc<Board>) {
        // `recv` fails when the server is unblocked, which is how it ends.
        while let Ok(request) = self.http.recv() {
            self.answer(request, board);
        }
    }

    /// Ends [`run`](Self::run).
    pub fn stop(&self) {
        self.http.unblock();
    }

    fn answer(&self, request: Request, board: &Arc<Board>) {
        let target = request.url().to_owned();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        if !self.is_own_host(&request) {
            return refuse(request, 403, "this server answers to its own address only");
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return refuse(request, 405, "only GET");
        }
        match path {
            "/" => {
                let posted = board.posted();
                let text = page(&posted.title, &posted.data, Live::Version(posted.version));
                respond(request, text, "text/html; charset=utf-8", posted.version);
            }
            "/data" => self.wait(request, query, board),
            _ => refuse(request, 404, "there is one page, at /"),
        }
    }

    /// Waits on a thread of its own, so that nobody else does.
    fn wait(&self, request: Request, query: &str, board: &Arc<Board>) {
        let version = query
            .strip_prefix("after=")
            .and_then(|text| text.parse().ok());
        let Some(version) = version else {
            return refuse(request, 400, "ask with /data?after=VERSION");
        };
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return refuse(request, 503, "too many pages are open");
        }
        let (board, waiting) = (Arc::clone(board), Arc::clone(&self.waiting));
        std::thread::spawn(move || {
            match board.after(version, PATIENCE) {
                Some(Posted { version, data, .. }) => {
                    respond(request, data.to_string(), "application/json", version);
                }
                None => send(request, Response::empty(204)),
            }
            waiting.fetch_sub(1, Ordering::Relaxed);
        });
    }

    fn is_own_host(&self, request: &Request) -> bool {
        let host = request
            .headers()
            .iter()
            .find(|header| header.field.equiv("Host"))
            .map(|header| header.value.as_str());
        let port = self.address.port();
        let own = [
            format!("127.0.0.1:{port}"),
            format!("localhost:{port}"),
            format!("[::1]:{port}"),
        ];
        host.is_some_and(|host| own.iter().any(|own| own.eq_ignore_ascii_case(host)))
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

fn respond(request: Request, text: String, kind: &str, version: u64) {
    let mut response = Response::from_string(text);
    let version = version.to_string();
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
        ("X-Version", &version),
    ];
    for (name, value) in headers {
        // The names and values are constants and a number: all of them are valid.
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    send(request, response);
}

fn refuse(request: Request, status: u16, why: &str) {
    send(
        request,
        Response::from_string(format!("{why}\n")).with_status_code(status),
    );
}

/// A browser that went away needs no answer.
fn send<R: std::io::Read>(request: Request, response: Response<R>) {
    let _ = request.respond(response);
}
