//! Flat JSON records whose keys each company chooses (Workday, BambooHR, home-made): looked at twice.
//!
//! Such records leave blank fields out, so only the whole file tells which columns there are: whether it has a
//! status at all, whether a record without a day of leaving has none, and how its days are to be read.

use std::collections::BTreeMap;

use super::Column;
use crate::read::Rules;
use crate::read::dates::DateOrder;
use crate::read::directory::formats::{self, Role};
use crate::read::header::fold;
use crate::read::json::{each_record, text_of};
use crate::read::order::Votes;
use crate::read::source::{Next, Source, Stop};

/// The keys of a file that say something, sorted, and the order of its days by the column's number.
#[derive(Default)]
pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    pub(super) orders: BTreeMap<usize, DateOrder>,
}

/// What a key says, its place among those that say the same, and how its days are written.
type Says = ((Role, u8), Votes);

impl Columns {
    /// Looks through the whole file.
    pub(super) fn of(source: &Source, rules: &Rules) -> Result<Columns, Stop> {
        let mut keys: BTreeMap<String, Option<Says>> = BTreeMap::new();
        each_record(source, |record| {
            for (key, value) in record.value.as_object().into_iter().flatten() {
                if !keys.contains_key(key) {
                    let column = role_of(key, &rules.columns)
                        .filter(|(role, _)| *role != Role::Added || rules.days_of_adding)
                        .map(|role| (role, Votes::default()));
                    keys.insert(key.clone(), column);
                }
                if let Some(Some(((Role::Left, _), votes))) = keys.get_mut(key) {
                    votes.count(&text_of(value));
                }
            }
            Ok(Next::Go)
        })?;
        let mut found = Columns::default();
        for (key, column) in keys {
            let Some(((role, rank), votes)) = column else {
                continue;
            };
            if let Some(order) = votes.order(&source.name, &key, rules)? {
                found.orders.insert(found.columns.len(), order);
            }
            found.columns.push(Column::of_key(key, role, rank));
        }
        Ok(found)
    }
}

/// What a key says, and its place among those that say the same: by the configuration's word, else by its name.
fn role_of(key: &str, stated: &[(Role, String)]) -> Option<(Role, u8)> {
    let folded = fold(key);
    let usual = formats::roles(&formats::ROSTER, std::slice::from_ref(&folded))
        .first()
        .copied()
        .flatten();
    formats::role_and_rank(stated, key, &folded, usual)
}
