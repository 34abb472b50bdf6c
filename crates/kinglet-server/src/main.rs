//! Serves the API over HTTP from one thread: `kinglet-server --port 7181 --disk FOLDER`.

mod connection;
mod engine;
mod hosts;
mod network;
mod options;

use connection::{Exchange, Interface};
use hosts::{SystemClock, SystemRandom};
use kinglet_api::{Components, Instance, Settings};
use kinglet_workspace::disk::{Disk, MemoryDisk, NativeDisk};
use network::Network;
use options::Options;
use std::net::TcpListener;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::task::LocalSet;

/// How long the store's background work may hold the thread at a time.
const MAINTENANCE_MILLIS: u64 = 20;

/// Pause between two rounds of background work when there is none.
const IDLE: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let outcome = Options::from_args(std::env::args().skip(1)).and_then(|options| run(&options));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("kinglet-server: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("no runtime: {error}"))?;
    LocalSet::new().block_on(&runtime, serve(options))
}

async fn serve(options: &Options) -> Result<(), String> {
    let (listener, port) = listen(options.port)?;
    let (clickhouse, clickhouse_port) = listen(options.clickhouse_port())?;
    let instance = open(options, &format!("http://localhost:{port}")).await?;
    println!("listening on http://localhost:{port}");
    println!("ClickHouse's interface on http://localhost:{clickhouse_port}");
    println!("workspace admin token: {}", instance.local_tokens().workspace_admin);
    tokio::task::spawn_local(maintain(instance.clone()));
    tokio::task::spawn_local(run_schedules(instance.clone()));
    let (sender, mut exchanges) = tokio::sync::mpsc::channel(64);
    accept(listener, Interface::Tinybird, sender.clone());
    accept(clickhouse, Interface::Clickhouse, sender);
    while let Some(exchange) = exchanges.recv().await {
        tokio::task::spawn_local(engine::answer(instance.clone(), exchange));
    }
    Err("nothing listens any more".to_owned())
}

fn listen(port: u16) -> Result<(TcpListener, u16), String> {
    let address = format!("127.0.0.1:{port}");
    let listener =
        TcpListener::bind(&address).map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    Ok((listener, port))
}

/// Serves the connections of a port, each on a thread of its own.
fn accept(listener: TcpListener, interface: Interface, sender: Sender<Exchange>) {
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            std::thread::spawn(move || connection::serve(&stream, interface, &sender));
        }
    });
}

async fn open(options: &Options, base_url: &str) -> Result<Instance, String> {
    let disk: Arc<dyn Disk> = match &options.disk {
        Some(folder) => Arc::new(NativeDisk::new(folder)),
        None => Arc::new(MemoryDisk::default()),
    };
    let components = Components {
        clock: Rc::new(SystemClock::default()),
        random: Rc::new(SystemRandom),
        http: Rc::new(Network::default()),
        disk,
    };
    let settings = Settings {
        base_url: base_url.to_owned(),
        workspace_token: options.workspace_token.clone(),
        user_token: options.user_token.clone(),
        ..Settings::default()
    };
    Instance::open(components, settings).await.map_err(|error| error.to_string())
}

/// How often schedules are looked at.
const SCHEDULES: Duration = Duration::from_secs(5);

async fn run_schedules(instance: Instance) {
    loop {
        if let Err(error) = instance.run_schedules().await {
            eprintln!("a schedule failed: {error}");
        }
        tokio::time::sleep(SCHEDULES).await;
    }
}

async fn maintain(instance: Instance) {
    loop {
        match instance.maintain(MAINTENANCE_MILLIS).await {
            Ok(true) => tokio::task::yield_now().await,
            Ok(false) => tokio::time::sleep(IDLE).await,
            Err(error) => {
                eprintln!("background work failed: {error}");
                tokio::time::sleep(IDLE * 10).await;
            }
        }
    }
}
