//! JSON that is no export, and records of it that cannot be used.

use super::{PEOPLE, USERS, hint, lines, report_fails};

#[track_caller]
fn json_fails(json: &str, error: &str) {
    report_fails(
        &[("users.csv", USERS.as_bytes()), ("x.json", json.as_bytes())],
        error,
    );
}

#[test]
fn json_that_is_cut_short_or_broken() {
    json_fails(
        "[{\"a\":1},",
        "error: x.json: the JSON ends in the middle, at line 1, column 9: the file was cut short\n\n\
         hint: export it again; whoever is missing from a cut file would look like a leaver\n",
    );
    json_fails(
        "{\"a\" 1}",
        "error: x.json: not valid JSON at line 1, column 6: expected `:`\n\n\
         hint: export it again, or correct that place if the file was edited by hand\n",
    );
}

#[test]
fn lists_without_anyone() {
    json_fails(
        "[]",
        "error: x.json: an empty list: nobody is in it\n\n\
         hint: export it again, without a filter; an empty directory would make everyone a leaver\n",
    );
    json_fails(
        r#"{"data":[],"links":{}}"#,
        "error: x.json: an empty list: nobody is in its \"data\"\n\n\
         hint: Atlassian's API answers so for the managed accounts of an organisation without a claimed domain: \
         leave the file out and give the users export (Directory > Users > Export users)\n",
    );
    json_fails(
        r#"{"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"userName":"staff"}]}"#,
        "error: x.json: groups alone, and no people\n\n\
         hint: export the users: a SCIM service has them under /Users\n",
    );
}

#[test]
fn answers_of_an_api_that_are_no_list_of_people() {
    json_fails(
        r#"[{"accountId":"1","accountType":"atlassian","emailAddress":"a@x.example","active":true}]"#,
        "error: x.json: a list of Atlassian accounts without their status in the organisation and without products \
         (a site's own user list?)\n\n\
         hint: export the users from admin.atlassian.com (Directory > Users > Export users), or fetch them with the \
         organisation's API\n",
    );
    json_fails(
        r#"{"data":{"product_access":[],"added_to_org":"2024-01-03"},"links":{}}"#,
        "error: x.json: Atlassian's last-active dates of one account, which name no account\n\n\
         hint: give the organisation's user list: it has the same days for everyone\n",
    );
    json_fails(
        r#"{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}"#,
        "error: x.json: the error message of an API, not a list of people\n\n\
         hint: fetch it again: the message in the file says what went wrong\n",
    );
}

#[test]
fn json_that_is_no_export() {
    for (text, seen) in [
        (
            r#"{"items":[{"sku":"x","price":1}]}"#,
            "x.json is JSON with the keys price, sku under \"items\"",
        ),
        (
            "[input]\nx = 1\n",
            "x.json begins with a bracket and is not JSON",
        ),
    ] {
        report_fails(
            &[("x.json", text.as_bytes())],
            &lines(&[
                "error: no export found in DIR",
                &format!("  seen and not recognised: {seen}"),
                "",
                hint::WHICH_EXPORTS,
            ]),
        );
    }
}

/// Each fault of a record with its place: the number of the record stands for the line.
#[track_caller]
fn records_fail(json: &str, faults: &[(&str, &str)]) {
    let faults = (1..).zip(faults).map(|(number, (what, expected))| {
        format!("error: x.json:{number}: {what}\n  expected {expected}\n")
    });
    report_fails(
        &[
            ("people.csv", PEOPLE.as_bytes()),
            ("x.json", json.as_bytes()),
        ],
        &format!("{}\n{}", faults.collect::<String>(), hint::CORRECT_LINES),
    );
}

const A_DAY_OF_THE_API: &str = "a day such as 2026-11-30 or 2026-11-30T08:01:02Z";

#[test]
fn accounts_of_the_first_api_that_cannot_be_used() {
    records_fail(
        r#"{"data":[
            {"account_id":"1","account_type":"robot","account_status":"active"},
            {"account_id":"2","account_type":"atlassian","account_status":"asleep"},
            {"account_id":"3","account_type":"atlassian","account_status":"active","access_billable":"perhaps"},
            {"account_id":"4","account_type":"atlassian","account_status":"active","last_active":"soon"},
            {"account_id":"5","account_type":"atlassian","account_status":"active","product_access":[{"url":"x"}]},
            {"account_id":"","account_type":"atlassian","account_status":"active","email":"nobody"},
            7]}"#,
        &[
            (
                "\"account_type\" is \"robot\"",
                "one of \"atlassian\", \"customer\", \"app\"",
            ),
            (
                "\"account_status\" is \"asleep\"",
                "one of \"active\", \"inactive\", \"closed\"",
            ),
            ("\"access_billable\" is \"perhaps\"", "true or false"),
            ("\"last_active\" is \"soon\"", A_DAY_OF_THE_API),
            (
                "\"product key\" is \"{\\\"url\\\":\\\"x\\\"}\"",
                "a product with its key, such as \"jira-software\"",
            ),
            ("\"email\" is not valid", "an account id or an address"),
            (
                "\"(whole record)\" is \"7\"",
                "a JSON object with the fields of an account",
            ),
        ],
    );
}

#[test]
fn accounts_of_the_second_api_that_cannot_be_used() {
    records_fail(
        r#"{"data":[
            {"accountId":"1","claimStatus":"perhaps","status":"active"},
            {"accountId":"2","claimStatus":"managed","status":"asleep"},
            {"accountId":"3","claimStatus":"managed","accountStatus":"asleep"},
            {"accountId":"4","claimStatus":"managed","accountStatus":"active","membershipStatus":"asleep"},
            {"accountId":"5","claimStatus":"managed","status":"active","addedToOrg":"03/04/2025"}]}"#,
        &[
            (
                "\"claimStatus\" is \"perhaps\"",
                "one of \"managed\", \"unmanaged\"",
            ),
            (
                "\"status\" is \"asleep\"",
                "one of \"active\", \"suspended\", \"not_invited\", \"deactivated\", \"for_deletion\"",
            ),
            (
                "\"accountStatus\" is \"asleep\"",
                "one of \"active\", \"inactive\", \"closed\"",
            ),
            (
                "\"membershipStatus\" is \"asleep\"",
                "one of \"active\", \"suspended\", \"no_membership\"",
            ),
            ("\"addedToOrg\" is \"03/04/2025\"", A_DAY_OF_THE_API),
        ],
    );
}

#[test]
fn provisioned_accounts_without_a_status() {
    records_fail(
        r#"{"Resources":[{"userName":"a@x.example",
            "urn:scim:schemas:extension:atlassian-external:1.0":{"atlassianAccountId":"1"}}]}"#,
        &[("\"active\" is \"\"", "true or false")],
    );
}

#[test]
fn a_record_that_is_no_person() {
    json_fails(
        r#"[{"id":"1","status":"ACTIVE","profile":{"login":"a@x.example"}}, 7]"#,
        &lines(&[
            "error: x.json:2: \"(whole record)\" is \"7\"",
            "  expected a JSON object with the fields of a person",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

/// A roster's days are settled by their column; those of an API have one form.
#[test]
fn days_with_two_readings() {
    json_fails(
        r#"[{"email":"ana@acme.example","terminationDate":"03/04/2025"}]"#,
        &lines(&[
            "error: x.json: the days in \"terminationDate\" can be read two ways, for example \"03/04/2025\"",
            "",
            hint::DATE_ORDER,
        ]),
    );
    json_fails(
        r#"[{"email":"ana@acme.example","terminationDate":"23/04/2025"},
            {"email":"ben@acme.example","terminationDate":"04/23/2025"},
            {"email":"cy@acme.example","terminationDate":"03/04/2025"}]"#,
        "error: x.json: \"terminationDate\" has 1 days written day first and 1 written month first\n\n\
         hint: export the file again with one form of date, best 2026-11-30\n",
    );
    json_fails(
        r#"{"value":[{"userPrincipalName":"a@x.example","mail":null,"accountEnabled":true,
            "employeeLeaveDateTime":"03/04/2025"}]}"#,
        &lines(&[
            "error: x.json:1: \"employeeLeaveDateTime\" is \"03/04/2025\"",
            &format!("  {}", super::A_DAY),
            "",
            hint::CORRECT_LINES,
        ]),
    );
}
