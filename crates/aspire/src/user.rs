//! `aspire user`.

use crate::{
    cli::UserCommand,
    say::{self, Why},
    world,
};
use programme::{
    Who,
    person::{NewPerson, create_administrator},
};
use std::io::BufRead as _;

/// Does what was asked with people.
pub(crate) async fn run(database: &str, command: UserCommand) -> Result<(), Why> {
    let UserCommand::CreateAdministrator { email, name } = command;
    let world = world::open(database).await?;
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let person = NewPerson {
        email,
        name,
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
    };
    create_administrator(&world, &Who::Console, person).await?;
    say::line("The administrator can sign in now.");
    world.db.close().await;
    Ok(())
}
