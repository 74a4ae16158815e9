//! Which export a JSON file is, told by its list's key and the keys of its first records, never by its name.

use std::collections::BTreeSet;
use std::io::Read;

use serde_json::Value;

use super::walk::each_record;
use super::{Fits, JsonFormat};
use crate::error::Error;
use crate::read::atlassian::api;
use crate::read::detect::{Detected, Recognised};
use crate::read::directory::json;
use crate::read::source::{Next, Source, Stop};

/// How many records are looked at: the first ones may be groups, or lack what most others have.
const SAMPLE: usize = 50;

/// The head of a file.
#[derive(Default)]
struct Sample {
    /// The key of the list that the records are in.
    list: Option<String>,
    records: Vec<Value>,
}

/// Tells the format of a JSON file. One that is an export in a form that cannot be used is an error.
///
/// `column_names` are keys that the configuration says to be of people.
pub(crate) fn detect(source: &Source, column_names: &[String]) -> Result<Detected, Error> {
    let (sample, walked) = match sample_of(source) {
        (_, Err(Stop::NotUtf8)) => sample_of(&source.as_windows_1252()),
        other => other,
    };
    if let Err(stop) = walked {
        // Other kinds of text begin with a bracket too: a configuration, a log.
        if sample.records.is_empty() && !begins_like_json(source)? {
            return Ok(Detected::Unknown(format!(
                "{} begins with a bracket and is not JSON",
                source.name
            )));
        }
        return match stop {
            Stop::Failed(error) => Err(error),
            Stop::NotUtf8 | Stop::Ambiguous { .. } => Err(Error::refused(
                &source.name,
                "the text is in no encoding that is known",
                "export it again as UTF-8",
            )),
        };
    }
    if sample.records.is_empty() {
        return Err(empty(source, sample.list.as_deref()));
    }
    let fits = |fits: Fits| {
        sample
            .records
            .iter()
            .any(|record| fits(sample.list.as_deref(), record))
    };
    let format = api::LAYOUTS
        .iter()
        .find(|api| fits(api.fits))
        .map(JsonFormat::Atlassian);
    let format = format.or_else(|| {
        refusal(&sample).is_none().then_some(())?;
        json::LAYOUTS
            .iter()
            .find(|layout| fits(layout.fits))
            .map(JsonFormat::Directory)
    });
    let named = |record: &Value| {
        let keys = record
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys());
        keys.into_iter().any(|key| {
            column_names
                .iter()
                .any(|name| name.trim().eq_ignore_ascii_case(key.trim()))
        })
    };
    let format = format.or_else(|| {
        let is_named = refusal(&sample).is_none() && sample.records.iter().any(named);
        is_named.then_some(JsonFormat::Directory(&json::ROSTER))
    });
    if let Some(format) = format {
        return Ok(Detected::Format(Recognised::Json(format)));
    }
    if let Some((what, hint)) = refusal(&sample) {
        return Err(Error::refused(&source.name, what, hint));
    }
    Ok(Detected::Unknown(format!(
        "{} is JSON with the keys {}",
        source.name,
        keys(&sample)
    )))
}

fn sample_of(source: &Source) -> (Sample, Result<(), Stop>) {
    let mut sample = Sample::default();
    let walked = each_record(source, |record| {
        if sample.list.is_none() {
            sample.list = record.list.map(str::to_owned);
        }
        sample.records.push(record.value.clone());
        Ok(if sample.records.len() < SAMPLE {
            Next::Go
        } else {
            Next::Stop
        })
    })
    .map(|pages| {
        if sample.list.is_none() {
            sample.list = pages.list.map(str::to_owned);
        }
    });
    (sample, walked)
}

/// Whether the first thing within the opening brackets can stand in JSON.
fn begins_like_json(source: &Source) -> Result<bool, Error> {
    let mut head = Vec::new();
    source
        .decoded()?
        .take(4096)
        .read_to_end(&mut head)
        .map_err(|error| Error::cannot_open(&source.path, error))?;
    let text = String::from_utf8_lossy(&head);
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == '[' || c == '{');
    Ok(inner.is_empty()
        || inner.starts_with(['"', ']', '}', '-'])
        || inner.starts_with(|c: char| c.is_ascii_digit())
        || ["true", "false", "null"]
            .iter()
            .any(|word| inner.starts_with(word)))
}

fn empty(source: &Source, list: Option<&str>) -> Error {
    match list {
        Some("data") => Error::refused(
            &source.name,
            "an empty list: nobody is in its \"data\"",
            "Atlassian's API answers so for the managed accounts of an organisation without a claimed domain: \
             leave the file out and give the users export (Directory > Users > Export users)",
        ),
        _ => Error::refused(
            &source.name,
            "an empty list: nobody is in it",
            "export it again, without a filter; an empty directory would make everyone a leaver",
        ),
    }
}

/// Lists that look like an export and are none, with what they are and what to do.
fn refusal(sample: &Sample) -> Option<(&'static str, &'static str)> {
    let any = |paths: &[&str]| {
        let has = |path: &&str| {
            sample
                .records
                .iter()
                .any(|record| record.pointer(path).is_some())
        };
        paths.iter().any(has)
    };
    if any(&["/accountId", "/account_id"]) {
        return Some((
            "a list of Atlassian accounts without their status in the organisation and without products \
             (a site's own user list?)",
            "export the users from admin.atlassian.com (Directory > Users > Export users), or fetch them with the \
             organisation's API",
        ));
    }
    if any(&["/data/product_access"]) {
        return Some((
            "Atlassian's last-active dates of one account, which name no account",
            "give the organisation's user list: it has the same days for everyone",
        ));
    }
    if any(&["/errorSummary", "/error/message", "/error/code"]) {
        return Some((
            "the error message of an API, not a list of people",
            "fetch it again: the message in the file says what went wrong",
        ));
    }
    None
}

/// The keys that were seen: of the list, and of its records.
fn keys(sample: &Sample) -> String {
    const MOST: usize = 12;
    let all: BTreeSet<&str> = sample
        .records
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|object| object.keys().map(String::as_str))
        .collect();
    if all.is_empty() {
        return "(none)".to_owned();
    }
    let shown: Vec<&str> = all.iter().copied().take(MOST).collect();
    let mut text = shown.join(", ");
    if all.len() > MOST {
        text.push_str(&format!(" and {} more", all.len() - MOST));
    }
    match &sample.list {
        Some(list) => format!("{text} under \"{list}\""),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use crate::read::json::testing::{format_of, refused, unknown, written};

    fn name(text: &str) -> &'static str {
        let (_kept, source) = written(text.as_bytes());
        format_of(&source).name()
    }

    #[test]
    fn a_format_is_told_by_its_shape() {
        for (text, expected) in [
            (
                r#"[{"profile":{"login":"a@x.example"}}]"#,
                "Okta users JSON",
            ),
            (
                r#"[{"scope":"USER","credentials":{"userName":"a@x.example"},"profile":{}}]"#,
                "Okta app users JSON",
            ),
            (
                r#"{"@odata.context":"c","value":[{"userPrincipalName":"a@x.example"}]}"#,
                "Microsoft Graph users JSON",
            ),
            (
                r#"[{"userPrincipalName":"a@x.example","mail":null}]"#,
                "Microsoft Graph users JSON",
            ),
            (
                r#"[{"UserPrincipalName":"a@x.example","Mail":null}]"#,
                "roster JSON",
            ),
            (
                r#"{"users":[{"primaryEmail":"a@x.example"}]}"#,
                "Google Directory users JSON",
            ),
            (
                r#"[{"status":1,"state":1,"firstname":"A","email":"a@x.example"}]"#,
                "OneLogin users JSON",
            ),
            (
                r#"{"totalCount":1,"results":[{"_id":"1","email":"a@x.example","activated":true}]}"#,
                "JumpCloud users JSON",
            ),
            (r#"{"Resources":[{"userName":"ana"}]}"#, "SCIM 2.0 users"),
            (
                r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"a"}"#,
                "SCIM 2.0 users",
            ),
            (
                r#"{"Resources":[{"userName":"a","urn:scim:schemas:extension:atlassian-external:1.0":{}}]}"#,
                "Atlassian SCIM users",
            ),
            (
                r#"{"fields":[],"employees":[{"id":"1","workEmail":"a@x.example"}]}"#,
                "BambooHR employees JSON",
            ),
            (
                r#"{"Report_Entry":[{"Employee_ID":"1"}]}"#,
                "Workday report JSON",
            ),
            (r#"[{"E-mail":"a@x.example","active":true}]"#, "roster JSON"),
            (r#"{"employee_id":"E1","status":"active"}"#, "roster JSON"),
            (
                r#"{"data":[{"account_id":"1","account_status":"active"}]}"#,
                "Atlassian organisation users JSON (API v1)",
            ),
            (
                r#"{"data":[{"accountId":"1","claimStatus":"managed"}]}"#,
                "Atlassian directory users JSON (API v2)",
            ),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_export_is_named_with_its_keys() {
        assert_eq!(
            unknown(r#"{"name":"x","version":1}"#),
            "x.json is JSON with the keys name, version"
        );
        assert_eq!(
            unknown(r#"{"items":[{"sku":"x","price":1}]}"#),
            "x.json is JSON with the keys price, sku under \"items\""
        );
        // Somebody's list of logins that are no addresses.
        assert_eq!(
            unknown(r#"[{"login":"ana","id":7}]"#),
            "x.json is JSON with the keys id, login"
        );
        assert_eq!(unknown("[1,2]"), "x.json is JSON with the keys (none)");
        assert_eq!(unknown("{}"), "x.json is JSON with the keys (none)");
        for text in [
            "[input]\ndate_order = 1\n",
            "[[product]]\nname = 'x'\n",
            "{name: 1}",
        ] {
            assert_eq!(
                unknown(text),
                "x.json begins with a bracket and is not JSON"
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_the_reason() {
        assert_eq!(
            refused(r#"{"data":[],"links":{}}"#),
            "error: x.json: an empty list: nobody is in its \"data\"\n\nhint: Atlassian's API answers so for the \
             managed accounts of an organisation without a claimed domain: leave the file out and give the users \
             export (Directory > Users > Export users)"
        );
        for (text, found) in [
            ("[]", "an empty list: nobody is in it"),
            (
                r#"[{"accountId":"1","accountType":"atlassian","emailAddress":"a@x.example","active":true}]"#,
                "a list of Atlassian accounts without their status",
            ),
            (
                r#"{"data":{"product_access":[],"added_to_org":"2024-01-03"},"links":{}}"#,
                "last-active dates of one account",
            ),
            (
                r#"{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}"#,
                "the error message of an API",
            ),
            (
                "[{\"a\":1},",
                "the JSON ends in the middle, at line 1, column 9",
            ),
            (
                "{\"a\" 1}",
                "not valid JSON at line 1, column 6: expected `:`",
            ),
        ] {
            let report = refused(text);
            assert!(report.contains(found), "{report}");
            assert!(report.contains("\n\nhint: "), "{report}");
        }
    }
}
