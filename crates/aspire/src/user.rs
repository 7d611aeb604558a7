//! `aspire user`.

use crate::{
    cli::UserCommand,
    say::{self, Why},
    world,
};
use programme::{
    Who,
    person::{self, NewPerson},
};
use std::io::{BufRead as _, IsTerminal as _};

/// Does what was asked with people.
pub(crate) async fn run(database: &str, command: UserCommand) -> Result<(), Why> {
    let world = world::open(database).await?;
    let done = match command {
        UserCommand::CreateAdministrator { email, name } => {
            let person = NewPerson { email, name, password: password()? };
            person::create_administrator(&world, &Who::Console, person).await?;
            "The administrator can sign in now."
        }
        UserCommand::Unlock { email } => {
            person::unlock(&world, &Who::Console, &email).await?;
            "The wrong passwords are forgotten; they can try again now."
        }
        UserCommand::ResetSecondFactor { email } => {
            person::reset_second_factor(&world, &Who::Console, &email).await?;
            "Their second factors are removed, and they are signed out. They sign in with their password; where their role asks for a second factor, they set one up first."
        }
        UserCommand::Close { email } => {
            person::close_account(&world, &Who::Console, &email).await?;
            "The account is closed. Nothing opens it any more, and its address may be used anew."
        }
        UserCommand::SetPassword { email } => {
            person::set_password(&world, &Who::Console, &email, &password()?).await?;
            "They can sign in with this password now, and are signed out everywhere."
        }
    };
    say::line(done);
    world.db.close().await;
    Ok(())
}

/// The first line of standard input, so that no password stands in a list of
/// processes or in a shell's history.
fn password() -> Result<String, Why> {
    if std::io::stdin().is_terminal() {
        say::line("Type the password and press Enter. It can be seen while you type.");
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
