//! The live preview: what it answers, what it refuses, and that it follows every save.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};

const SPEC: &str = "archviz: 1\nname: Shop\ninclude: [parts/*.yaml]\nlayers: { a: A }\ncomponents:\n  one: { layer: a }\nflows:\n  - one -> two\n";
const PART: &str = "components:\n  two: { layer: a, name: Second }\n";
/// The server answers a waiting page after 20 seconds at the latest.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn trials() -> Vec<Trial> {
    let trial =
        |name: &str, run: fn() -> Result<(), Failed>| Trial::test(format!("serve::{name}"), run);
    vec![
        trial("answers_its_page_and_nothing_else", answers_its_page),
        trial("follows_every_kind_of_save", follows_saves),
        trial("keeps_the_last_good_version", keeps_the_last_good_version),
        trial("ends_cleanly_when_interrupted", ends_cleanly),
        trial("names_a_port_that_is_taken", names_a_taken_port),
    ]
}

struct Preview {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Preview {
    fn start(name: &str) -> Result<Self, Failed> {
        let folder = root("target/scratch/serve").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(folder.join("parts"))?;
        std::fs::write(folder.join("architecture.yaml"), SPEC)?;
        std::fs::write(folder.join("parts/two.yaml"), PART)?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_archviz"))
            .args(["serve", "--port", "0"])
            .current_dir(&folder)
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().ok_or("no stderr")?;
        let mut line = String::new();
        BufReader::new(stderr).read_line(&mut line)?;
        let port = line
            .split_once("127.0.0.1:")
            .and_then(|(_, rest)| rest.split('/').next()?.parse().ok())
            .ok_or_else(|| format!("no address in `{line}`"))?;
        Ok(Self {
            child,
            port,
            folder,
        })
    }

    /// Status and body of one request.
    fn ask(&self, method: &str, target: &str, host: &str) -> Result<(u16, String), Failed> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|text| text.parse().ok());
        Ok((status.ok_or("no status")?, answer))
    }

    fn get(&self, target: &str) -> Result<(u16, String), Failed> {
        self.ask("GET", target, &format!("127.0.0.1:{}", self.port))
    }

    /// What the page is sent after `version`, once it holds `text`.
    fn data_with(&self, text: &str) -> Result<String, Failed> {
        let mut version = 0;
        for _ in 0..10 {
            let (status, answer) = self.get(&format!("/data?after={version}"))?;
            if status == 200 && answer.contains(text) {
                return Ok(answer);
            }
            version = header(&answer, "X-Version").unwrap_or(version);
        }
        Err(format!("`{text}` never came").into())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn header(answer: &str, name: &str) -> Option<u64> {
    let line = answer.lines().find(|line| line.starts_with(name))?;
    line.split_once(':')?.1.trim().parse().ok()
}

fn answers_its_page() -> Result<(), Failed> {
    let preview = Preview::start("page")?;
    let (status, page) = preview.get("/")?;
    ensure(
        status == 200 && page.contains("<title>Shop</title>"),
        || page.clone(),
    )?;
    let own = format!("localhost:{}", preview.port);
    ensure(preview.ask("GET", "/", &own)?.0 == 200, || own.clone())?;
    let port = preview.port;
    for host in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1",
        "",
    ] {
        let (status, _) = preview.ask("GET", "/", host)?;
        ensure(status == 403, || format!("{status} for host `{host}`"))?;
    }
    for target in [
        "/architecture.yaml",
        "/../architecture.yaml",
        "//etc/passwd",
        "/%2e%2e/",
    ] {
        let (status, _) = preview.get(target)?;
        ensure(status == 404, || format!("{status} for `{target}`"))?;
    }
    let (status, _) = preview.ask("POST", "/", &own)?;
    ensure(status == 405, || format!("{status} for POST"))?;
    let (status, _) = preview.get("/data?after=x")?;
    ensure(status == 400, || {
        format!("{status} for a version that is none")
    })
}

fn follows_saves() -> Result<(), Failed> {
    let preview = Preview::start("saves")?;
    let main = preview.folder.join("architecture.yaml");
    std::fs::write(&main, SPEC.replace("Shop", "Written in place"))?;
    preview.data_with("Written in place")?;
    replace(&main, &SPEC.replace("Shop", "Replaced by another file"))?;
    preview.data_with("Replaced by another file")?;
    let part = preview.folder.join("parts/two.yaml");
    replace(&part, &PART.replace("Second", "Included"))?;
    preview.data_with("Included")?;
    let new = preview.folder.join("parts/three.yaml");
    std::fs::write(new, "components:\n  three: { layer: a, name: Third }\n")?;
    preview.data_with("Third").map(drop)
}

/// As editors save: a new file takes the name of the old one.
fn replace(path: &Path, text: &str) -> Result<(), Failed> {
    let new = path.with_extension("new");
    std::fs::write(&new, text)?;
    Ok(std::fs::rename(new, path)?)
}

fn keeps_the_last_good_version() -> Result<(), Failed> {
    let preview = Preview::start("broken")?;
    let main = preview.folder.join("architecture.yaml");
    std::fs::write(&main, SPEC.replace("one -> two", "one -> nobody"))?;
    let data = preview.data_with("last good version")?;
    ensure(data.contains("\"Shop\"") && data.contains("Second"), || {
        data.clone()
    })?;
    ensure(
        data.contains("unknown-component") && data.contains("\"line\":8"),
        || data.clone(),
    )?;
    std::fs::remove_file(&main)?;
    preview.data_with("can't read")?;
    std::fs::write(&main, SPEC.replace("Shop", "Mended"))?;
    let data = preview.data_with("Mended")?;
    ensure(!data.contains("last good version"), || data.clone())
}

#[cfg(unix)]
fn ends_cleanly() -> Result<(), Failed> {
    let mut preview = Preview::start("end")?;
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let stream = TcpStream::connect(("127.0.0.1", preview.port));
            stream.map(drop)
        });
        waiting
            .join()
            .map_err(|_| Failed::from("the page can't wait"))?
            .map_err(Failed::from)
    })?;
    let id = preview.child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status()?;
    let status = preview.child.wait()?;
    ensure(status.code() == Some(0), || format!("ended with {status}"))?;
    ensure(
        TcpStream::connect(("127.0.0.1", preview.port)).is_err(),
        || "still there".into(),
    )
}

#[cfg(not(unix))]
fn ends_cleanly() -> Result<(), Failed> {
    Ok(())
}

fn names_a_taken_port() -> Result<(), Failed> {
    let preview = Preview::start("taken")?;
    let second = Command::new(env!("CARGO_BIN_EXE_archviz"))
        .args(["serve", "--port", &preview.port.to_string()])
        .current_dir(&preview.folder)
        .output()?;
    let said = String::from_utf8_lossy(&second.stderr);
    ensure(second.status.code() == Some(3), || {
        format!("{:?}", second.status)
    })?;
    ensure(said.contains("--port 0"), || said.to_string())
}
