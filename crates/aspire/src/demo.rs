//! `aspire demo`: the data that come with Aspire, in a fresh database, served.

use crate::{
    cli::DemoArgs,
    demo_file::{ADMINISTRATOR, DemoFile},
    demo_programme,
    say::{self, Why},
    serve,
    work::Worker,
    world,
};
use kernel::{
    Date,
    words::{figures, long_date},
};
use outside::mail::FakeMail;
use programme::{
    Who, World,
    cohort::{self, CohortSeed, NewParticipation},
    person::{DemoOnly, NewPerson, create_administrator, demo_secret, seed_app},
    record::{self, ImportOrder},
};
use std::{fs, path::Path, sync::Arc, time::Instant};
use web::Settings;

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../../../data/open/", $name, ".zst")).as_slice()),)*]
    };
}

/// The data, compressed; what each is stands in data/SOURCES.md.
static FILES: &[(&str, &[u8])] = files! {
    "school-details-2020.csv" "gias_2022-07_characteristics.csv" "gias_2023-11-16.csv" "gias_min_20240617.csv"
    "gias-schools-open-2026.csv" "links_edubasealldata20250422.csv" "graded-inspections-2005-2026.csv"
    "ofsted-mi-2017-12-oxfordshire.csv" "report_cards_2025-11_to_2026-05.csv" "england_ks2final_pre2016_columns.csv"
    "ks2_perf_2016.csv" "ks2_perf_2017.csv" "ks2_perf_2018.csv" "england_census.csv" "england_abs.csv" "rise.csv"
};
static MANIFEST: &str = include_str!("../../../data/open/manifest.json");
static PILOT: &str = include_str!("../../../data/pilot/cohort.json");
static PILOT_SCHOOLS: &str = include_str!("../../../data/pilot/schools.csv");

/// Loads and serves.
pub(crate) async fn run(args: DemoArgs) -> Result<(), Why> {
    let file = DemoFile::read()?;
    if args.sign_ins {
        say::line(&format!("{:#}", file.sign_ins((&args.admin_email, &args.admin_password))));
        return Ok(());
    }
    serve::log_to_stderr();
    let started = Instant::now();
    let listener = serve::bind(args.listen).await?;
    let (_temporary, folder) = match &args.data_dir {
        Some(folder) => {
            fs::create_dir_all(folder)?;
            (None, folder.clone())
        }
        None => {
            let temporary = tempfile::tempdir()?;
            let folder = temporary.path().to_owned();
            (Some(temporary), folder)
        }
    };
    let database = folder.join("aspire-demo.db");
    for ending in ["", "-wal", "-shm"] {
        let mut old = database.clone().into_os_string();
        old.push(ending);
        if Path::new(&old).exists() {
            fs::remove_file(&old)?;
        }
    }
    let address = format!("sqlite:{}", database.display());
    load_apart(&address, &args, &folder).await?;
    let bound = listener.local_addr()?;
    // Letters go to nobody: they are kept, and shown at /demo/letters.
    let world = world::open(&address).await?;
    let world = world.with_mail(Arc::new(FakeMail::default())).with_address(&format!("http://{bound}"));
    let record = world.record().await?;
    say::line(&format!(
        "Loaded in {:.1} s: {} schools, {} inspections, the pilot’s cohort.",
        started.elapsed().as_secs_f64(),
        figures(record.len() as u64),
        figures(record.inspections() as u64)
    ));
    drop(record);
    say::line(&format!("Sign in as {} with the password ‘{}’ (demo only).", args.admin_email, args.admin_password));
    say::line(&format!(
        "Open http://{bound} – the pilot: http://{bound}/cohorts/naht-aspire-pilot – stop with Ctrl-C."
    ));
    say::line("It asks for a code as well; the secret for it stands in ‘aspire demo --sign-ins’.");
    say::line("Or be anybody of the demo by a click on the sign-in page; ‘aspire demo --sign-ins’ lists them all.");
    let people = file.one_for_each_role(&args.admin_email);
    let settings = Settings {
        https: false,
        demo_sign_in: Some((args.admin_email, args.admin_password)),
        largest_upload: 256 * 1024 * 1024,
        proxies: Vec::new(),
        demo: Some(web::Demo { only: DemoOnly::this_is_the_demo(), people }),
    };
    serve::serve(listener, world, settings, Worker::Inside).await
}

/// Loads in a process of its own, so that the server does not keep the memory
/// that loading needed.
async fn load_apart(database: &str, args: &DemoArgs, folder: &Path) -> Result<(), Why> {
    let loaded = tokio::process::Command::new(std::env::current_exe()?)
        .args(["--database", database, "load-demo", "--data-dir"])
        .arg(folder)
        .env("ASPIRE_ADMIN_EMAIL", &args.admin_email)
        .env("ASPIRE_ADMIN_PASSWORD", &args.admin_password)
        .kill_on_drop(true)
        .status()
        .await?;
    if loaded.success() { Ok(()) } else { Err("the demo’s data could not be loaded".into()) }
}

/// `aspire load-demo`: what [`run`] starts.
pub(crate) async fn load(database: &str, args: DemoArgs) -> Result<(), Why> {
    let folder = args.data_dir.ok_or("load-demo needs a folder")?;
    let world = world::open(database).await?;
    load_files(&world, &folder).await?;
    let person = NewPerson { email: args.admin_email, name: ADMINISTRATOR.into(), password: args.admin_password };
    let secret = demo_secret(&person.email);
    let administrator = create_administrator(&world, &Who::Console, person).await?;
    seed_app(&world, &Who::Console, administrator, &secret).await?;
    demo_programme::load(&world).await?;
    world.db.close().await;
    Ok(())
}

/// Imports every file as a user would, then takes over the pilot's cohort.
async fn load_files(world: &World, folder: &Path) -> Result<(), Why> {
    let manifest: serde_json::Value = serde_json::from_str(MANIFEST)?;
    for (name, bytes) in FILES {
        let about = manifest
            .as_array()
            .and_then(|files| files.iter().find(|file| file["file"] == *name))
            .ok_or_else(|| format!("data/open/manifest.json does not name {name}"))?;
        let as_of: Date = about["as_of"].as_str().unwrap_or_default().parse()?;
        let path = folder.join(name);
        fs::write(&path, zstd::decode_all(*bytes)?)?;
        let order = ImportOrder {
            file_name: (*name).to_owned(),
            path: path.clone(),
            as_of: Some(as_of),
            caveat: about["caveat"].as_str().map(str::to_owned),
            ..ImportOrder::default()
        };
        let report = record::import(world, &Who::Console, &order, &|_, _| {}).await?;
        fs::remove_file(&path)?;
        if let Some(bad) = report.bad_rows.first() {
            return Err(format!("{name}: {bad}").into());
        }
        say::line(&format!("{}: {} rows, {name}, as of {}", report.title, figures(report.rows_read), long_date(as_of)));
    }
    let mut reader = papers::table::Table::from_bytes("schools.csv", PILOT_SCHOOLS.as_bytes().to_vec())?;
    let mut row = kernel::table::Row::default();
    let mut schools = Vec::new();
    while reader.next_row(&mut row)? {
        if row.line() > 1 {
            let cell = |at| row.get(at).unwrap_or_default().to_owned();
            schools.push(NewParticipation {
                named: cell(0),
                urn: cell(1).parse().ok(),
                certainty: cell(2),
                note: Some(cell(3)),
                organisation: None,
            });
        }
    }
    cohort::seed(world, &Who::Console, CohortSeed::parse(PILOT)?, schools).await?;
    Ok(())
}
