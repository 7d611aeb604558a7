//! The browser tests: Debian's Chromium visits the running demonstration, and
//! LibreOffice opens its papers.

use crate::assets::install_packages;
use crate::machine::{self, at_root, root};
use crate::report::{Outcome, Tally, run_tests};
use crate::server;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// All browser tests; with pictures of each page where somebody wants to look at them.
pub(crate) fn test(tally: &mut Tally, pictures: bool) -> Outcome {
    let chromium = match find() {
        Some(found) => found,
        None => {
            machine::install(&["chromium"], "Chromium")?;
            find().ok_or("Chromium was installed and is not found")?
        }
    };
    install_packages(&root().join("e2e"))?;
    // The network fetches it while the processors compile.
    let demo = std::thread::scope(|scope| {
        let office = scope.spawn(office);
        let demo = server::start();
        office.join().map_err(|_| "installing LibreOffice panicked")??;
        demo
    })?;
    let outcome = run_tests(
        at_root("node")
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args([
                "pages.test.mjs",
                "story.test.mjs",
                "roles.test.mjs",
                "links.test.mjs",
                "guides.test.mjs",
                "joining.test.mjs",
                "passkeys.test.mjs",
                "papers.test.mjs",
                "weeks.test.mjs",
            ])
            .current_dir(root().join("e2e"))
            .env("CHROMIUM", chromium)
            .env("ASPIRE_URL", demo.url())
            .env("ASPIRE_PROGRAM", demo.program())
            .env("ADMIN_EMAIL", server::ADMIN_EMAIL)
            .env("ADMIN_PASSWORD", server::ADMIN_PASSWORD)
            .envs(pictures.then_some(("ASPIRE_PICTURES", "1"))),
        tally,
    );
    outcome.map_err(|error| {
        let log = demo.log();
        let from = log.lines().count().saturating_sub(40);
        let tail: Vec<&str> = log.lines().skip(from).collect();
        format!("{error}\nthe server's last lines:\n{}", tail.join("\n"))
    })
}

/// LibreOffice's writer and its calculator, without windows.
fn office() -> Outcome {
    match machine::on_path("soffice") {
        Some(_) => Ok(()),
        None => machine::install(&["libreoffice-writer-nogui", "libreoffice-calc-nogui"], "LibreOffice"),
    }
}

fn find() -> Option<std::path::PathBuf> {
    BROWSERS.iter().find_map(|name| machine::on_path(name))
}
