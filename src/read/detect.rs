//! Which format a file is, told by its header or the shape of its JSON, never by its name.

use super::directory::formats::{self, Format};
use super::header::Header;
use super::json::{self, JsonFormat};
use super::source::{Body, Next, Source, Stop};
use crate::error::Error;

/// A recognised format.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Recognised {
    UsersExport,
    ManagedAccounts,
    Directory(&'static Format),
    Json(JsonFormat),
}

/// What looking at a file gave.
pub(crate) enum Detected {
    Format(Recognised),
    /// Not an export: what it looks like instead.
    Unknown(String),
    /// A sheet without anything on it.
    Blank,
}

/// Tells the format of a file. A file that is an export in a form that cannot be used is an error.
pub(crate) fn detect(source: &Source, column_names: &[String]) -> Result<Detected, Error> {
    match source.body {
        Body::Empty => Err(Error::refused(
            &source.name,
            "the file is empty",
            "export it again",
        )),
        Body::Other(looks) => Ok(Detected::Unknown(format!("{} is {looks}", source.name))),
        Body::Json => json::detect(source, column_names),
        Body::Table { .. } | Body::Workbook => {
            match header_of(source)? {
                Ok(header) if header.is_empty() => Ok(Detected::Blank),
                Ok(header) => detect_table(source, &header, column_names),
                // Some other text, perhaps: only a file that is named has to be a table.
                Err(error) => Ok(Detected::Unknown(error.to_string())),
            }
        }
    }
}

/// The header, or why there is none that can be read.
fn header_of(source: &Source) -> Result<Result<Header, Error>, Error> {
    let read = |source: &Source| {
        let mut header = Ok(Header::default());
        source.each_record(|record| {
            header = Header::read(&source.name, record);
            Ok(Next::Stop)
        })?;
        Ok(header)
    };
    match read(source) {
        Ok(header) => Ok(header),
        Err(Stop::Failed(error)) => Err(error),
        Err(_) => read(&source.as_windows_1252()).or(Ok(Ok(Header::default()))),
    }
}

fn detect_table(
    source: &Source,
    header: &Header,
    column_names: &[String],
) -> Result<Detected, Error> {
    let has = |name: &str| header.find(name).is_some();
    if has("userid") && (has("userstatus") || has("addedtoorg")) {
        return Ok(Detected::Format(Recognised::UsersExport));
    }
    if has("lastactivedate") && has("status") || has("atlassianid") && has("status") {
        return Ok(Detected::Format(Recognised::ManagedAccounts));
    }
    if let Some(layout) = old_atlassian_layout(header) {
        return Err(Error::refused(
            &source.name,
            format!("an Atlassian users export of {layout}, which lacks the facts that bills need"),
            "export the users again from admin.atlassian.com: Directory > Users > Export users",
        ));
    }
    for (decisive, what, hint) in formats::REFUSED {
        if formats::fits(decisive, header.folded()) && !(has("status") && has("orgunitpath")) {
            return Err(Error::refused(&source.name, *what, *hint));
        }
    }
    if let Some(format) = formats::FORMATS
        .iter()
        .find(|format| formats::fits(format.decisive, header.folded()))
    {
        return Ok(Detected::Format(Recognised::Directory(format)));
    }
    let is_person_key = |role: &Option<formats::Role>| {
        matches!(
            role,
            Some(formats::Role::Email | formats::Role::Login | formats::Role::EmployeeId)
        )
    };
    let mapped = header
        .names()
        .iter()
        .any(|name| column_names.contains(name));
    if mapped
        || formats::roles(&formats::ROSTER, header.folded())
            .iter()
            .any(is_person_key)
    {
        return Ok(Detected::Format(Recognised::Directory(&formats::ROSTER)));
    }
    Ok(Detected::Unknown(format!(
        "{} has the columns {}",
        source.name,
        shown(header.names())
    )))
}

/// Layouts of the users export before 2021-09-10.
fn old_atlassian_layout(header: &Header) -> Option<&'static str> {
    let has = |name: &str| header.find(name).is_some();
    if has("groupname") && has("lastlogin") && has("lastsession") {
        Some("about 2016")
    } else if has("groupname") && has("fullname") && has("created") {
        Some("2018")
    } else if has("id")
        && has("active")
        && has("created")
        && header
            .folded()
            .iter()
            .any(|name| name.starts_with("lastseenin"))
    {
        Some("before September 2021")
    } else {
        None
    }
}

fn shown(names: &[String]) -> String {
    const MOST: usize = 12;
    let mut text = names
        .iter()
        .take(MOST)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > MOST {
        text.push_str(&format!(" and {} more", names.len() - MOST));
    }
    text
}
