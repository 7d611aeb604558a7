//! The command line.

use crate::config::Flags;
use clap::{Args, Parser, Subcommand};
use kernel::Date;
use std::{net::SocketAddr, path::PathBuf};

/// Runs a school-led improvement programme, whole.
#[derive(Debug, Parser)]
#[command(name = "aspire", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// The configuration file; without it ASPIRE_CONFIG, or aspire.toml in this folder if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME.
    #[arg(long, global = true)]
    pub(crate) database: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Cli {
    /// What the flags say of the configuration.
    pub(crate) fn flags(&self) -> Flags {
        let flags = Flags { config: self.config.clone(), database: self.database.clone(), ..Flags::default() };
        match &self.command {
            Command::Serve(args) => Flags {
                listen: args.listen.clone(),
                https: args.https,
                largest_upload: args.largest_upload.clone(),
                no_worker: args.no_worker,
                ..flags
            },
            _ => flags,
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Load the data that come with Aspire into a fresh database and serve it.
    Demo(DemoArgs),
    /// Load the demo's data; what `demo` runs as a process of its own.
    #[command(hide = true)]
    LoadDemo(DemoArgs),
    /// Serve the pages and the API.
    Serve(ServeArgs),
    /// Do what waits in the queue (letters, and what is done again and again),
    /// apart from a server that was started with --no-worker.
    Work,
    /// Read government files into the public record. Each is taken whole or not at all.
    Import(ImportArgs),
    /// Write all tables to a file, as they stand at one moment.
    Backup {
        /// The file; it must not exist yet.
        file: PathBuf,
    },
    /// Read a backup into an empty database, of either kind.
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Write a school’s whole record to a file, for another installation.
    Export {
        /// The school’s id.
        #[arg(long)]
        school: i64,
        /// The file; it must not exist yet.
        file: PathBuf,
    },
    /// Bring a school from another installation, as `export` wrote it.
    ImportSchool {
        /// The file.
        file: PathBuf,
    },
    /// Print who may use which address: by role, and how far.
    Access {
        /// As JSON: method, path, public, and for each role all, own or none.
        #[arg(long)]
        json: bool,
    },
    /// Look whether everything is as it should be.
    Doctor {
        /// Ask the running server whether it is ready, and nothing else.
        #[arg(long)]
        http: bool,
    },
    /// The configuration: what holds, and what could be said.
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// People who can sign in.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

/// The demo's arguments.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// A folder for the database, which is made anew in it; without one, a
    /// temporary folder that goes away at the end.
    #[arg(long)]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print whom one can sign in as, and with what, as JSON; and do nothing else.
    #[arg(long)]
    pub(crate) sign_ins: bool,
    /// The e-mail address of the demo's administrator.
    #[arg(long, env = "ASPIRE_ADMIN_EMAIL", default_value = "admin@demo.example")]
    pub(crate) admin_email: String,
    /// Their password: the same on every machine, because the demo holds
    /// nothing that is not public and listens on this machine only.
    #[arg(long, env = "ASPIRE_ADMIN_PASSWORD", default_value = "four networks, thirty schools")]
    pub(crate) admin_password: String,
}

/// Serving's arguments.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// Where to listen: 127.0.0.1:8080 if nothing else is said.
    #[arg(long)]
    pub(crate) listen: Option<String>,
    /// Browsers reach it by https: cookies are sent over nothing else.
    #[arg(long)]
    pub(crate) https: bool,
    /// The largest file that a page takes, in megabytes: 256 if nothing else is said.
    #[arg(long)]
    pub(crate) largest_upload: Option<String>,
    /// Leave the queue to `aspire work`; without this, the server has a worker inside.
    #[arg(long)]
    pub(crate) no_worker: bool,
}

/// What to do with the configuration.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show what holds and from where, and look whether it can work.
    Check,
    /// Print a configuration file with every key and its meaning, to start from.
    Example,
    /// Print every key as a table in Markdown.
    Keys,
}

/// Importing's arguments.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files, or http(s) addresses of files: CSV or XLSX.
    #[arg(required = true)]
    pub(crate) files: Vec<String>,
    /// The layout, where it is not to be told by the header.
    #[arg(long)]
    pub(crate) layout: Option<String>,
    /// The day on which the facts stood (2026-08-31), where the file's name does not tell.
    #[arg(long)]
    pub(crate) as_of: Option<Date>,
    /// The academic year of results, by the calendar year in which it ends, where the file does not tell.
    #[arg(long)]
    pub(crate) year_ending: Option<i16>,
    /// Tell what would change, and change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Take the good rows and list the bad ones.
    #[arg(long)]
    pub(crate) skip_bad_rows: bool,
    /// Write the report as JSON to this file.
    #[arg(long)]
    pub(crate) report: Option<PathBuf>,
}

/// What to do with people.
#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Make an administrator. The password is read from the first line of standard input.
    CreateAdministrator {
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// Name.
        #[arg(long)]
        name: String,
    },
    /// Forget the wrong passwords tried for an address, so that its owner need not wait.
    Unlock {
        /// E-mail address.
        #[arg(long)]
        email: String,
    },
    /// Remove all second factors of somebody who has lost them, and sign them out.
    ResetSecondFactor {
        /// E-mail address.
        #[arg(long)]
        email: String,
    },
    /// Close somebody's account at once; what they did stays in the records.
    Close {
        /// E-mail address.
        #[arg(long)]
        email: String,
    },
    /// Set somebody's password, and sign them out everywhere. It is read from the
    /// first line of standard input.
    SetPassword {
        /// E-mail address.
        #[arg(long)]
        email: String,
    },
}
