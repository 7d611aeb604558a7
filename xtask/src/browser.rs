//! The browser tests: Debian's Chromium visits the running demonstration.

use crate::assets::install_packages;
use crate::machine::{self, at_root, root};
use crate::report::{Outcome, Tally, run_tests};
use crate::server;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

pub(crate) fn test(tally: &mut Tally) -> Outcome {
    let chromium = match find() {
        Some(found) => found,
        None => {
            machine::install("chromium", "Chromium")?;
            find().ok_or("Chromium was installed and is not found")?
        }
    };
    install_packages(&root().join("e2e"))?;
    let demo = server::start()?;
    let outcome = run_tests(
        at_root("node")
            .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
            .args([
                "pages.test.mjs",
                "story.test.mjs",
                "roles.test.mjs",
                "guides.test.mjs",
                "joining.test.mjs",
                "passkeys.test.mjs",
            ])
            .current_dir(root().join("e2e"))
            .env("CHROMIUM", chromium)
            .env("ASPIRE_URL", demo.url())
            .env("ASPIRE_PROGRAM", demo.program())
            .env("ADMIN_EMAIL", server::ADMIN_EMAIL)
            .env("ADMIN_PASSWORD", server::ADMIN_PASSWORD),
        tally,
    );
    outcome.map_err(|error| {
        let log = demo.log();
        let from = log.lines().count().saturating_sub(40);
        let tail: Vec<&str> = log.lines().skip(from).collect();
        format!("{error}\nthe server's last lines:\n{}", tail.join("\n"))
    })
}

fn find() -> Option<std::path::PathBuf> {
    BROWSERS.iter().find_map(|name| machine::on_path(name))
}
