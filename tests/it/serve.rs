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
        trial("listens_on_loopback_alone", listens_on_loopback),
        trial("opens_a_browser_on_request", opens_a_browser),
        trial("follows_every_kind_of_save", follows_saves),
        trial(
            "follows_files_that_the_specification_names",
            follows_named_files,
        ),
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
        Self::start_as(name, |_| {})
    }

    /// Starts it with further arguments or another environment.
    fn start_as(name: &str, change: impl FnOnce(&mut Command)) -> Result<Self, Failed> {
        let folder = root("target/scratch/serve").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(folder.join("parts"))?;
        std::fs::write(folder.join("architecture.yaml"), SPEC)?;
        std::fs::write(folder.join("parts/two.yaml"), PART)?;
        let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
        command
            .args(["serve", "--port", "0"])
            .current_dir(&folder)
            .stderr(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn()?;
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

/// What the kernel says about who can connect.
#[cfg(target_os = "linux")]
fn listens_on_loopback() -> Result<(), Failed> {
    let preview = Preview::start("loopback")?;
    let port = format!(":{:04X}", preview.port);
    let sockets = ["/proc/net/tcp", "/proc/net/tcp6"].map(std::fs::read_to_string);
    let sockets: String = sockets.into_iter().flatten().collect();
    // The second column is the own address, the fourth what the socket does: 0A listens.
    let rows = sockets
        .lines()
        .map(|row| row.split_whitespace().collect::<Vec<_>>());
    let listening = rows.filter(|row| row.len() > 3 && row[3] == "0A" && row[1].ends_with(&port));
    let addresses: Vec<String> = listening.map(|row| row[1].to_owned()).collect();
    let loopback = format!("0100007F{port}");
    ensure(addresses == [loopback], || {
        format!("listens on {addresses:?}")
    })
}

#[cfg(not(target_os = "linux"))]
fn listens_on_loopback() -> Result<(), Failed> {
    Ok(())
}

/// A program that takes the place of what the desktop opens addresses with.
#[cfg(target_os = "linux")]
fn opens_a_browser() -> Result<(), Failed> {
    // A script that is written here might still be open in a program started beside it.
    let programs = root("tests/data/programs");
    let opened = root("target/scratch/serve-opened");
    std::fs::create_dir_all(root("target/scratch"))?;
    // It may not be there.
    let _ = std::fs::remove_file(&opened);
    let path = std::env::var("PATH").unwrap_or_default();
    let preview = Preview::start_as("open", |command| {
        let path = format!("{}:{path}", programs.display());
        command.arg("--open").env("PATH", path);
        command.env("OPENED", &opened);
    })?;
    let begin = std::time::Instant::now();
    while !opened.exists() && begin.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    let address = std::fs::read_to_string(&opened).unwrap_or_default();
    let expected = format!("http://127.0.0.1:{}/", preview.port);
    ensure(address.trim() == expected, || format!("opened `{address}`"))
}

#[cfg(not(target_os = "linux"))]
fn opens_a_browser() -> Result<(), Failed> {
    Ok(())
}

fn follows_named_files() -> Result<(), Failed> {
    let preview = Preview::start("named")?;
    let folder = preview.folder.join("deployment");
    std::fs::create_dir_all(&folder)?;
    let compose = |key: &str| format!("services:\n  kafka:\n    environment:\n      {key}: '1'\n");
    std::fs::write(folder.join("compose.yml"), compose("BROKER_ID"))?;
    let configuration = "configuration:\n  - { title: Broker, from: deployment/compose.yml, service: kafka, keys: [BROKER_ID] }\n";
    let text = SPEC.replace("Shop", "Configured") + configuration;
    replace(&preview.folder.join("architecture.yaml"), &text)?;
    let data = preview.data_with("Configured")?;
    ensure(!data.contains("configuration-key-missing"), || data.clone())?;
    replace(&folder.join("compose.yml"), &compose("OTHER"))?;
    preview.data_with("configuration-key-missing").map(drop)
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
