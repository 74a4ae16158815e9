//! Addresses as they are compared: whole, without case, freed of what exports wrap around them.
//!
//! A plus-variant stays a different address (a real export has three of one mailbox, each its own account).

use std::borrow::Cow;

use crate::safe::csv::without_guard;
use crate::safe::is_unseen;

/// The address in the form in which all addresses are compared, or `None` when the text is none.
pub(crate) fn normalise(text: &str) -> Option<Cow<'_, str>> {
    if is_plain(text) {
        return Some(Cow::Borrowed(text));
    }
    let cleaned: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars()
            .filter(|&c| c.is_control() || c.is_whitespace() || !is_unseen(c))
            .map(|c| if c == '\u{a0}' { ' ' } else { c })
            .flat_map(char::to_lowercase)
            .collect()
    };
    let mut address = cleaned.trim().trim_start_matches('\'');
    if let (Some(open), true) = (address.find('<'), address.ends_with('>')) {
        address = address.get(open + 1..address.len() - 1)?;
    }
    address = address.strip_prefix("mailto:").unwrap_or(address).trim();
    is_address(address).then(|| Cow::Owned(address.to_owned()))
}

/// An id as all ids are compared: freed of blanks around it, of what nobody sees and of the `'` that keeps a spreadsheet
/// from running it.
pub(crate) fn id(text: &str) -> Cow<'_, str> {
    // Nearly every id: neither blanks to trim nor anything unseen. Numbers, not truths, or nothing is compared at once.
    let others = text.bytes().fold(0, |others, byte| {
        others | u8::from(!byte.is_ascii_graphic())
    });
    if others == 0 {
        return Cow::Borrowed(without_guard(text));
    }
    let seen: String = text.trim().chars().filter(|&c| !is_unseen(c)).collect();
    Cow::Owned(without_guard(seen.trim()).to_owned())
}

/// Whether the text is an address already in its compared form: the common case, without a copy.
fn is_plain(text: &str) -> bool {
    const OTHER: u8 = 0;
    const PLAIN: u8 = 1;
    const AT: u8 = 2;
    const KIND: [u8; 256] = {
        let mut kind = [OTHER; 256];
        let mut byte = 0_usize;
        while byte < 256 {
            kind[byte] = match byte as u8 {
                b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'+' => PLAIN,
                b'@' => AT,
                _ => OTHER,
            };
            byte += 1;
        }
        kind
    };
    let (mut plain, mut signs) = (true, 0_usize);
    for &byte in text.as_bytes() {
        let kind = KIND[usize::from(byte)];
        plain &= kind != OTHER;
        signs += usize::from(kind == AT);
    }
    plain && signs == 1 && !text.starts_with('@') && !text.ends_with('@')
}

fn is_address(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        let torn = |c: char| c.is_whitespace() || c.is_control();
        !local.is_empty() && !domain.is_empty() && !text.contains(torn)
    })
}

/// The home address in a guest's user principal name: `adele_adatum.com#ext#@contoso.com` is `adele@adatum.com`.
///
/// Takes a normalised name. Host names have no underscore, so the last one before `#ext#` was the `@`.
pub(crate) fn guest_home(name: &str) -> Option<String> {
    let (guest, _) = name.split_once("#ext#")?;
    let (local, domain) = guest.rsplit_once('_')?;
    let home = format!("{local}@{domain}");
    is_address(&home).then_some(home)
}

/// Mailboxes that anyone can have: a directory person's address there does not claim the domain.
pub(crate) fn is_public_domain(domain: &str) -> bool {
    const PUBLIC: &[&str] = &[
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "proton.me",
        "protonmail.com",
        "mail.ru",
        "yandex.ru",
        "qq.com",
        "163.com",
    ];
    PUBLIC.contains(&domain)
}

#[cfg(test)]
mod tests {
    use super::{guest_home, id, normalise};

    #[test]
    fn wrapping_and_case_do_not_make_another_address() {
        for text in [
            "ana@example.com",
            " Ana@Example.COM\t",
            "mailto:ana@example.com",
            "Ana Ruiz <ana@example.com>",
            "'ana@example.com",
            "\u{a0}ana@example.com\u{200b}",
            "\u{202a}ana@example.com\u{202c}\u{200e}",
            "ana@exam\u{ad}ple.com",
        ] {
            assert_eq!(
                normalise(text).as_deref(),
                Some("ana@example.com"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn plus_variants_stay_apart_and_nonsense_is_none() {
        assert_eq!(
            normalise("ana+test@example.com").as_deref(),
            Some("ana+test@example.com")
        );
        for text in [
            "",
            "ana",
            "@example.com",
            "ana@",
            "ana ruiz@example.com",
            "ana\u{7}@example.com",
            "ana@example.com\u{0}x",
            "ana\u{85}@example.com",
            "ana\u{2028}x@example.com",
            "  ",
        ] {
            assert_eq!(normalise(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_id_is_freed_of_what_was_put_around_it() {
        for (text, freed) in [
            ("712020:ab-12", "712020:ab-12"),
            (" 557058:x\u{a0}", "557058:x"),
            ("\u{feff}5a\u{202e}b\u{200b}", "5ab"),
            ("'=1+1", "=1+1"),
            ("''=1", "'=1"),
            ("'ab", "'ab"),
            ("-x\u{0}y", "-xy"),
        ] {
            assert_eq!(id(text), freed, "{text:?}");
        }
    }

    #[test]
    fn a_guests_home_address_is_decoded() {
        assert_eq!(
            guest_home("adele_v_adatum.com#ext#@contoso.com").as_deref(),
            Some("adele_v@adatum.com")
        );
        assert_eq!(guest_home("adele@adatum.com"), None);
    }
}
