//! Directory exports as tables of facts: which columns tell a format, and what each column says.
//!
//! Columns are compared after folding: letters and digits alone, in lower case, without a bracketed suffix
//! (`Email Address [Required]`). They match whole, never in part: `Recovery Email` is not an address to match by.
//! Sources and confidence of each layout: the format notes on directories, state of 2026-11-23.

/// What a column (or a path of a JSON record) says of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Email,
    /// A sign-in name, which is often an address; guests' names are decoded.
    Login,
    Alias,
    /// Several addresses in one cell, split at blanks, `;`, `,` and `+`, each perhaps led by `smtp:`.
    AliasList,
    /// True means "can sign in".
    Enabled,
    /// True means "cannot sign in" (suspended, archived, blocked).
    Blocked,
    /// A word of status.
    Status,
    /// A word of status in a column where companies also use words of their own.
    StatusHint,
    /// OneLogin's numbers.
    StatusNumber,
    /// Active Directory's bit field; bit 2 is "disabled".
    UserAccountControl,
    /// A filled cell means that the person was deleted.
    Deleted,
    /// Day of leaving; may lie ahead.
    Left,
    /// Active Directory's file time of the day an account ends; may lie ahead.
    Expires,
    Department,
    EmployeeId,
    /// The day of the last sign-in: it tells the age of the export.
    SignedIn,
    /// The day on which the person was added or last changed: it tells the age too, where nothing else does.
    Added,
}

/// The names by which `[input.columns]` of the configuration speaks of roles.
pub(crate) const ROLE_NAMES: &[(&str, Role)] = &[
    ("email", Email),
    ("login", Login),
    ("alias", AliasList),
    ("enabled", Enabled),
    ("blocked", Blocked),
    ("status", Status),
    ("left", Left),
    ("department", Department),
    ("employee_id", EmployeeId),
];

/// One format of directory export.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    /// All of these columns have to be there; each entry lists the alternatives.
    pub(crate) decisive: &'static [&'static [&'static str]],
    pub(crate) columns: &'static [(&'static str, Role)],
}

use Role::{
    Alias, AliasList, Blocked, Deleted, Department, Email, EmployeeId, Enabled, Left, Login,
    Status, StatusHint, UserAccountControl,
};

const MICROSOFT: &[(&str, Role)] = &[
    ("userprincipalname", Login),
    ("mail", Email),
    ("emailaddress", Email),
    ("proxyaddresses", AliasList),
    ("accountenabled", Enabled),
    ("enabled", Enabled),
    ("employeeleavedatetime", Left),
    ("accountexpirationdate", Left),
    ("department", Department),
    ("employeeid", EmployeeId),
];

/// Known formats; the first whose decisive columns are all there is taken.
pub(crate) const FORMATS: &[Format] = &[
    Format {
        name: "Google Workspace users CSV",
        decisive: &[
            &["emailaddress"],
            &["status"],
            &["orgunitpath", "lastsignin"],
        ],
        columns: &[
            ("emailaddress", Email),
            ("status", Status),
            ("department", Department),
            ("employeeid", EmployeeId),
        ],
    },
    Format {
        name: "Entra users CSV",
        decisive: &[
            &["userprincipalname"],
            &["accountenabled"],
            &["objectid", "id"],
        ],
        columns: MICROSOFT,
    },
    Format {
        name: "Microsoft 365 users CSV",
        decisive: &[&["blockcredential"], &["userprincipalname"]],
        columns: &[
            ("userprincipalname", Login),
            ("proxyaddresses", AliasList),
            ("blockcredential", Blocked),
            ("softdeletiontimestamp", Deleted),
            ("department", Department),
        ],
    },
    Format {
        name: "Active Directory CSV (csvde)",
        decisive: &[&["dn"], &["objectclass"]],
        columns: &[
            ("userprincipalname", Login),
            ("mail", Email),
            ("proxyaddresses", AliasList),
            ("useraccountcontrol", UserAccountControl),
            ("accountexpires", Role::Expires),
            ("department", Department),
            ("employeeid", EmployeeId),
        ],
    },
    Format {
        name: "Active Directory CSV (Get-ADUser)",
        decisive: &[&["distinguishedname"], &["samaccountname"]],
        columns: MICROSOFT,
    },
    Format {
        name: "Microsoft Graph users CSV",
        decisive: &[&["userprincipalname"]],
        columns: MICROSOFT,
    },
    Format {
        name: "Okta users CSV (Rockstar)",
        decisive: &[&["userid"], &["username"], &["primaryemail"]],
        columns: &[
            ("username", Login),
            ("primaryemail", Email),
            ("status", Status),
            ("department", Department),
            ("employeenumber", EmployeeId),
        ],
    },
    Format {
        name: "Okta Password Health CSV",
        decisive: &[
            &["login"],
            &["authenticationsource"],
            &["lastpasswordchange"],
        ],
        columns: &[("login", Login), ("status", Status)],
    },
    Format {
        name: "GAM users CSV",
        decisive: &[&["primaryemail"]],
        columns: &[
            ("primaryemail", Email),
            ("suspended", Blocked),
            ("archived", Blocked),
            ("deletiontime", Deleted),
            ("organizations0department", Department),
        ],
    },
    Format {
        name: "GAM users CSV (legacy)",
        decisive: &[&["email"], &["fullname"], &["ou"]],
        columns: &[
            ("email", Email),
            ("aliases", AliasList),
            ("noneditablealiases", AliasList),
            ("suspended", Blocked),
        ],
    },
    Format {
        name: "JumpCloud users CSV",
        decisive: &[&["username"], &["uid"], &["gid"]],
        columns: &[
            ("email", Email),
            ("suspended", Blocked),
            ("department", Department),
        ],
    },
    Format {
        name: "JumpCloud group report CSV",
        decisive: &[&["email"], &["userstate"]],
        columns: &[("email", Email), ("userstate", Status)],
    },
];

/// Any table of people, by the usual names of columns.
pub(crate) const ROSTER: Format = Format {
    name: "roster",
    decisive: &[],
    columns: &[
        ("email", Email),
        ("emailaddress", Email),
        ("mail", Email),
        ("workemail", Email),
        ("emailwork", Email),
        ("primaryemail", Email),
        ("primaryworkemail", Email),
        ("businessemail", Email),
        ("companyemail", Email),
        ("corporateemail", Email),
        ("useremail", Email),
        ("bestemail", Email),
        ("userprincipalname", Login),
        ("upn", Login),
        ("username", Login),
        ("login", Login),
        ("oktausername", Login),
        ("status", Status),
        ("activestatus", Enabled),
        ("accountstatus", Status),
        ("employeestatus", Status),
        ("userstatus", Status),
        ("oktauserstatus", Status),
        ("employmentstatus", StatusHint),
        ("employmenthistorystatus", StatusHint),
        ("active", Enabled),
        ("enabled", Enabled),
        ("accountenabled", Enabled),
        ("isactive", Enabled),
        ("suspended", Blocked),
        ("archived", Blocked),
        ("blocked", Blocked),
        ("disabled", Blocked),
        ("terminationdate", Left),
        ("enddate", Left),
        ("leavedate", Left),
        ("leavingdate", Left),
        ("leftdate", Left),
        ("lastday", Left),
        ("lastdayofwork", Left),
        ("lastworkingday", Left),
        ("exitdate", Left),
        ("separationdate", Left),
        ("offboardingdate", Left),
        ("employeeleavedatetime", Left),
        ("department", Department),
        ("departmentname", Department),
        ("dept", Department),
        ("costcenter", Department),
        ("costcentre", Department),
        ("employeeid", EmployeeId),
        ("employeenumber", EmployeeId),
        ("employee", EmployeeId),
        ("employeeno", EmployeeId),
        ("workerid", EmployeeId),
        ("personnelnumber", EmployeeId),
    ],
};

/// Files that look like a directory and are none, with what they are and what to do.
pub(crate) const REFUSED: &[(&[&[&str]], &str, &str)] = &[
    (
        &[
            &["emailaddress"],
            &["orgunitpath"],
            // The template of 2026 has five columns alone; an export has a status beside its hidden passwords.
            &["newstatus", "newprimaryemail", "password"],
        ],
        "Google's upload template: it has no \"Status [READ ONLY]\" column, so it is not an export",
        "in the Google Admin console open Directory > Users > Download users, and take all columns",
    ),
    (
        &[&["applicationinstance"], &["applicationlogin"]],
        "Okta's assignments report: it lists applications and has no status of people",
        "export the people instead (Rockstar's Export Users, the Password Health report, or the users API)",
    ),
    (
        &[&["username"], &["scope"], &["syncstate"]],
        "Okta's app users export: it has neither a status nor an address of people",
        "export the people instead (Rockstar's Export Users, the Password Health report, or the users API)",
    ),
    (
        &[
            &["createdfrompersona", "account_id", "accountid"],
            &["standing"],
            &["guardstandard"],
        ],
        "a report of seatledger itself",
        "give the exports that the report was made from",
    ),
];

/// Columns of days of the last sign-in, of all vendors.
const SIGNED_IN: &[&str] = &[
    "lastsignin",
    "lastsignintime",
    "lastsignindatetime",
    "lastsuccessfulsignindatetime",
    "lastlogin",
    "lastlogindate",
    "lastlogintime",
    "lastlogondate",
    "lastlogontimestamp",
    "lastlogon",
];

/// Columns of days on which a person was added or changed.
const ADDED: &[&str] = &[
    "createddatetime",
    "createddate",
    "created",
    "createdat",
    "creationtime",
    "whencreated",
    "whenchanged",
    "activateddate",
    "activationdate",
    "statuschangeddate",
    "lastupdateddate",
    "passwordchangeddate",
    "lastpasswordchange",
    "lastpasswordchangetimestamp",
];

/// Columns that say a department, where none says it better.
const COST_CENTRES: &[&str] = &["costcenter", "costcentre"];

/// What a column says by the configuration's word, and where it stands among those named there.
fn stated_role(stated: &[(Role, String)], name: &str) -> Option<(Role, u8)> {
    let found = stated
        .iter()
        .find(|(_, stated)| stated.trim().eq_ignore_ascii_case(name.trim()))?;
    let before = stated.iter().take_while(|one| *one != found);
    let rank = before.filter(|(role, _)| *role == found.0).count();
    Some((found.0, u8::try_from(rank).unwrap_or(u8::MAX)))
}

/// What a column says: by the configuration's word, else by its usual meaning, which the columns named in the
/// configuration go before.
pub(crate) fn role_and_rank(
    stated: &[(Role, String)],
    name: &str,
    folded: &str,
    usual: Option<Role>,
) -> Option<(Role, u8)> {
    stated_role(stated, name).or_else(|| {
        let role = usual?;
        let named = stated.iter().filter(|(other, _)| *other == role).count();
        let named = u8::try_from(named).unwrap_or(u8::MAX);
        Some((
            role,
            named.saturating_add(u8::from(COST_CENTRES.contains(&folded))),
        ))
    })
}

/// What each column of a header says under a format; columns that say nothing are `None`.
pub(crate) fn roles(format: &Format, folded: &[String]) -> Vec<Option<Role>> {
    folded
        .iter()
        .map(|column| role_of(format, column))
        .collect()
}

fn role_of(format: &Format, column: &str) -> Option<Role> {
    if let Some((_, role)) = format.columns.iter().find(|(name, _)| name == &column) {
        return Some(*role);
    }
    if SIGNED_IN.contains(&column) {
        return Some(Role::SignedIn);
    }
    if ADDED.contains(&column) {
        return Some(Role::Added);
    }
    // GAM flattens lists into numbered columns: `aliases.0`, `nonEditableAliases.1`.
    let numbered = column
        .strip_prefix("noneditablealiases")
        .or_else(|| column.strip_prefix("aliases"))
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    (numbered && format.name.starts_with("GAM")).then_some(Alias)
}

/// Whether all decisive columns stand in the header.
pub(crate) fn fits(decisive: &[&[&str]], folded: &[String]) -> bool {
    !decisive.is_empty()
        && decisive.iter().all(|any| {
            any.iter()
                .any(|name| folded.iter().any(|column| column == name))
        })
}
