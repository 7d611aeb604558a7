//! Aspire, the one binary.

mod access;
mod backup;
mod cli;
mod config;
mod demo;
mod demo_diagnosis;
mod demo_file;
mod demo_programme;
mod demo_terms;
mod demo_terms_events;
mod demo_terms_file;
#[cfg(test)]
mod demo_tests;
mod doctor;
mod export;
mod import;
mod log;
mod say;
mod serve;
mod stop;
mod user;
mod work;
mod world;

use clap::Parser as _;
use cli::{Cli, Command, ConfigCommand};
use say::Why;
use std::process::ExitCode;

/// Merging millions of small texts and giving the memory back afterwards is
/// where the system's allocator is slow and holds on.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for was refused; nothing was changed.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // SQLite is asked where a request is answered (store's `sqlite`), so there are more threads than
    // processors: what takes long shares them with what does not.
    let threads = 2 * std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::problem(&format!("no threads to run on: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(run(cli));
    // A thread that still reads a file must not keep a finished command waiting.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say::problem(&why.to_string());
            ExitCode::from(REFUSED)
        }
    }
}

async fn run(cli: Cli) -> Result<(), Why> {
    let flags = cli.flags();
    // The demo has its own database and address, whatever is configured here.
    let command = match cli.command {
        Command::Demo(_) if cli.database.is_some() => {
            let why = "the demo makes a database of its own and takes no --database: to keep it, say where with \
                       --data-dir; a database of yours is served by ‘aspire serve’";
            return Err(why.into());
        }
        Command::Demo(args) => return demo::run(args).await,
        Command::LoadDemo(args) => {
            return demo::load(&cli.database.ok_or("load-demo needs a database")?, args).await;
        }
        Command::Access { json } => {
            access::run(json);
            return Ok(());
        }
        Command::Config { command: ConfigCommand::Example } => {
            say::text(&config::example());
            return Ok(());
        }
        Command::Config { command: ConfigCommand::Keys } => {
            say::text(&config::table());
            return Ok(());
        }
        command => command,
    };
    let loaded = config::load(&flags, &config::of_process())?;
    let database = &loaded.config.database;
    match command {
        Command::Serve(_) => serve::run(&loaded).await,
        Command::Work => work::run(&loaded).await,
        Command::Import(args) => import::run(database, args).await,
        Command::Backup { file } => backup::backup(database, &file).await,
        Command::Restore { file } => backup::restore(database, &file).await,
        Command::Export { school, file } => export::export(database, school, &file).await,
        Command::ImportSchool { file } => export::import(database, &file).await,
        Command::Doctor { http: true } => doctor::ask(&loaded.config).await,
        Command::Doctor { http: false } => doctor::run(database).await,
        Command::User { command } => user::run(database, command).await,
        Command::Config { .. } => config::check(&loaded).await,
        Command::Demo(_) | Command::LoadDemo(_) | Command::Access { .. } => Ok(()),
    }
}
