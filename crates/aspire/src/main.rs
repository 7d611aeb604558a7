//! Aspire, the one binary.

mod access;
mod backup;
mod cli;
mod demo;
mod demo_file;
mod demo_programme;
mod doctor;
mod export;
mod import;
mod say;
mod serve;
mod user;
mod work;
mod world;

use clap::Parser as _;
use cli::{Cli, Command};
use std::process::ExitCode;

/// Merging millions of small texts and giving the memory back afterwards is
/// where the system's allocator is slow and holds on.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What was asked for was refused; nothing was changed.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::problem(&format!("no threads to run on: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Demo(args) => demo::run(args).await,
            Command::LoadDemo(args) => demo::load(&cli.database, args).await,
            Command::Serve(args) => serve::run(&cli.database, args).await,
            Command::Work => work::run(&cli.database).await,
            Command::Import(args) => import::run(&cli.database, args).await,
            Command::Backup { file } => backup::backup(&cli.database, &file).await,
            Command::Restore { file } => backup::restore(&cli.database, &file).await,
            Command::Export { school, file } => export::export(&cli.database, school, &file).await,
            Command::ImportSchool { file } => export::import(&cli.database, &file).await,
            Command::Access { json } => {
                access::run(json);
                Ok(())
            }
            Command::Doctor => doctor::run(&cli.database).await,
            Command::User { command } => user::run(&cli.database, command).await,
        }
    });
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
