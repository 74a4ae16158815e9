//! Invented people: first and last names from many languages, paired so that no address comes twice.

#[rustfmt::skip]
const FIRST: [&str; 112] = [
    "Aaliyah", "Adaeze", "Agnes", "Aino", "Amara", "Amir", "Ana", "Anaïs", "Anders", "Andrés",
    "Anneli", "Arjun", "Astrid", "Ayşe", "Beatriz", "Benedikt", "Björn", "Bogdan", "Bruno",
    "Camille", "Carmen", "Chiara", "Chidi", "Chloé", "Daan", "Dalia", "Daniela", "Darius", "Deepa",
    "Diego", "Dmitri", "Eamon", "Eilidh", "Ekaterina", "Elif", "Elín", "Emeka", "Emre", "Esther",
    "Fatima", "Femi", "Fiona", "François", "Freya", "Gabriel", "Gita", "Gonçalo", "Grace", "Hana",
    "Haruki", "Hassan", "Helga", "Hiroshi", "Ibrahim", "Ida", "Imani", "Ines", "Ingrid", "Isak",
    "Ivana", "Jamal", "Jasper", "Jelena", "Ji-woo", "João", "Joris", "José", "Jun", "Kaja", "Kamal",
    "Karim", "Katarzyna", "Kenji", "Kofi", "Laila", "Lars", "Leila", "Liam", "Ling", "Łukasz",
    "Mads", "Magda", "Malika", "Marek", "Mariam", "Mateo", "Mei", "Mina", "Nadia", "Naoko",
    "Nikhil", "Noor", "Olga", "Omar", "Petra", "Priya", "Rafael", "Renée", "Rosa", "Sanjay",
    "Sigrid", "Siobhán", "Søren", "Tariq", "Thandi", "Tomás", "Uma", "Wei", "Yara", "Yusuf", "Zoë",
    "Zofia",
];

#[rustfmt::skip]
const LAST: [&str; 130] = [
    "Abebe", "Abdi", "Achterberg", "Adeyemi", "Aguilar", "Ahlberg", "Akintola", "Almeida",
    "Andersson", "Aoki", "Arslan", "Bakker", "Banerjee", "Barbosa", "Bauer", "Becker", "Benítez",
    "Bergström", "Bianchi", "Boateng", "Borges", "Brannigan", "Çelik", "Cardoso", "Castellano",
    "Chaudhry", "Chen", "Cohen", "Costa", "D'Angelo", "Dahl", "Das", "De la Cruz", "Demir",
    "Dlamini", "Dubois", "Eide", "Eriksen", "Estrada", "Farouk", "Fernández", "Ferraro", "Fischer",
    "Fjeld", "Fontaine", "Fraser", "Fujita", "García", "Goldberg", "Gómez", "Grönlund", "Gupta",
    "Haddad", "Hakimi", "Halvorsen", "Hansen", "Hernández", "Holm", "Horvat", "Hughes", "Ibáñez",
    "Iqbal", "Ivanov", "Iversen", "Jansen", "Jovanović", "Kamau", "Kaplan", "Karlsen", "Keita",
    "Khan", "Kimura", "Kowalska", "Krüger", "Kumar", "Lam", "Larsen", "Lindqvist", "Lund",
    "MacLeod", "Mahmoud", "Marchetti", "Martins", "Mensah", "Mäkinen", "Moreau", "Mwangi", "Müller",
    "Nakamura", "Nasser", "Ndiaye", "Nguyen", "Nielsen", "Novak", "O'Brien", "O'Connor", "Okafor",
    "Okonkwo", "Oliveira", "Osei", "Öztürk", "Park", "Patel", "Pereira", "Petrov", "Popescu",
    "Quintero", "Rahman", "Ramos", "Rossi", "Ruiz", "Sato", "Schäfer", "Silva", "Singh", "Šimek",
    "Solberg", "Strand", "Suzuki", "Svensson", "Tanaka", "Thorsen", "Traoré", "Vandenberg",
    "Vargas", "Virtanen", "Weiss", "Yılmaz", "Zhang", "Zimmermann",
];

/// A prime that divides neither list's length, so that it steps through every pair before the first repeats.
const STRIDE: u64 = 7_919;

#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    /// The part of an address before the `@`.
    pub(super) mailbox: String,
}

impl Name {
    /// The name of the `number`th person. Namesakes have numbered mailboxes.
    pub(super) fn of(number: u64, seed: u64) -> Self {
        let (firsts, lasts) = (FIRST.len() as u64, LAST.len() as u64);
        let pairs = firsts * lasts;
        let pair = (number % pairs * STRIDE + seed % pairs) % pairs;
        let first = nth(&FIRST, pair / lasts);
        let last = nth(&LAST, pair % lasts);
        let mut mailbox = format!("{}.{}", ascii(first), ascii(last));
        if number >= pairs {
            mailbox.push_str(&(number / pairs + 1).to_string());
        }
        Self {
            first,
            last,
            mailbox,
        }
    }

    pub(super) fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// `text` with each part's first letter as a capital: another way to write the same address.
pub(super) fn capitalised(address: &str) -> String {
    let mut starts = true;
    let mut out = String::with_capacity(address.len());
    for letter in address.chars() {
        out.push(if starts {
            letter.to_ascii_uppercase()
        } else {
            letter
        });
        starts = matches!(letter, '.' | '@' | '-');
    }
    out
}

fn nth(names: &[&'static str], index: u64) -> &'static str {
    usize::try_from(index)
        .ok()
        .and_then(|index| names.get(index))
        .copied()
        .unwrap_or("Kim")
}

/// A name as an address spells it.
fn ascii(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            'a'..='z' | '-' => out.push(letter),
            'A'..='Z' => out.push(letter.to_ascii_lowercase()),
            'á' | 'ã' | 'ä' => out.push('a'),
            'ç' | 'Ç' | 'ć' => out.push('c'),
            'é' | 'ë' => out.push('e'),
            'í' | 'ï' | 'ı' => out.push('i'),
            'Ł' => out.push('l'),
            'ñ' => out.push('n'),
            'ó' | 'ö' | 'ø' | 'Ö' => out.push('o'),
            'ş' | 'Š' => out.push('s'),
            'ü' => out.push('u'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{FIRST, LAST, Name, STRIDE, ascii, capitalised};
    use std::collections::HashSet;

    #[test]
    fn every_letter_has_a_spelling() {
        for name in FIRST.iter().chain(&LAST) {
            let kept = name
                .chars()
                .filter(|letter| !matches!(letter, '\'' | ' '))
                .count();
            assert_eq!(ascii(name).len(), kept, "{name}");
        }
    }

    #[test]
    fn no_mailbox_comes_twice() {
        let pairs = (FIRST.len() * LAST.len()) as u64;
        assert_ne!(pairs % STRIDE, 0);
        let mut seen = HashSet::new();
        for number in 0..pairs * 2 + 50 {
            assert!(seen.insert(Name::of(number, 2026).mailbox));
        }
    }

    #[test]
    fn capitals_change_no_letter() {
        assert_eq!(
            capitalised("ana.ruiz@northlight.example"),
            "Ana.Ruiz@Northlight.Example"
        );
    }
}
