//! The form of an import as it arrives: its file goes to the disk as it comes,
//! whatever its length; nothing is kept before the form's token was checked.

use crate::{App, error::PageError, visitor::Visitor};
use axum::{
    body::Bytes,
    extract::multipart::{Field, Multipart, MultipartError},
    http::StatusCode,
};
use std::io::Write as _;
use tempfile::{NamedTempFile, TempPath};

/// Longest text of a field, bytes.
const LONGEST: usize = 4_000;

/// Chunks of a file that may wait for the disk.
const WAITING: usize = 8;

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) address: String,
    pub(super) layout: String,
    pub(super) as_of: [String; 3],
    pub(super) year: String,
    pub(super) dry_run: bool,
    pub(super) skip_bad_rows: bool,
}

/// A file that was sent.
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) file: TempPath,
}

/// Reads the form. Its token comes first; anything before it is refused.
pub(super) async fn receive(
    app: &App,
    visitor: &Visitor,
    mut form: Multipart,
) -> Result<(Typed, Option<Upload>), PageError> {
    let (mut typed, mut upload, mut ours) = (Typed::default(), None, false);
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "csrf" {
            visitor.check_form(&text(field).await?)?;
            ours = true;
        } else if !ours {
            return Err(PageError::Forged);
        } else if name == "file" {
            upload = file(field, app.settings.largest_upload).await?.or(upload);
        } else {
            let value = text(field).await?.trim().to_owned();
            match name.as_str() {
                "address" => typed.address = value,
                "layout" => typed.layout = value,
                "as_of-day" => typed.as_of[0] = value,
                "as_of-month" => typed.as_of[1] = value,
                "as_of-year" => typed.as_of[2] = value,
                "year" => typed.year = value,
                "options" => {
                    typed.dry_run |= value == "dry_run";
                    typed.skip_bad_rows |= value == "skip_bad_rows";
                }
                _ => {}
            }
        }
    }
    if ours {
        Ok((typed, upload))
    } else {
        Err(PageError::Forged)
    }
}

/// A field's text. Never more of it than anybody types.
async fn text(mut field: Field<'_>) -> Result<String, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > LONGEST {
            return Err(PageError::Invalid(
                "a field of the form is too long".to_owned(),
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A file, written as it comes; `None` where none was chosen.
async fn file(mut field: Field<'_>, most: u64) -> Result<Option<Upload>, PageError> {
    let name = plain_name(field.file_name().unwrap_or_default());
    let unexpected = |error: &dyn std::error::Error| PageError::Unexpected(error.to_string());
    let mut kept = NamedTempFile::new().map_err(|error| unexpected(&error))?;
    let (send, mut chunks) = tokio::sync::mpsc::channel::<Bytes>(WAITING);
    let writer = tokio::task::spawn_blocking(move || {
        while let Some(chunk) = chunks.blocking_recv() {
            kept.write_all(&chunk)?;
        }
        kept.flush()?;
        Ok::<_, std::io::Error>(kept)
    });
    let mut total = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        total += chunk.len() as u64;
        if total > most {
            return Err(PageError::TooLarge);
        }
        // The writer goes away only with an error, which it tells below.
        if send.send(chunk).await.is_err() {
            break;
        }
    }
    drop(send);
    let kept = writer
        .await
        .map_err(|error| unexpected(&error))?
        .map_err(|error| unexpected(&error))?;
    // A browser sends a field without a name or a byte where nothing was chosen.
    let chosen = total > 0 || !name.is_empty();
    Ok(chosen.then(|| Upload {
        name,
        file: kept.into_temp_path(),
    }))
}

/// The last part of a file's name: it is shown, and tells a date, but opens nothing.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn broken(error: &MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        _ => PageError::Invalid("the form did not arrive whole; send it again".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_no_path() {
        assert_eq!(plain_name("C:\\Users\\sam\\a.csv"), "a.csv");
        assert_eq!(plain_name("../../etc/passwd\n"), "passwd");
        assert_eq!(plain_name(""), "");
    }
}
