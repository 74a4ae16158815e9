//! Enums whose values have words: one list gives the enum, all its values, each value's name in columns, keys and files,
//! and whatever further texts it has for a reader.

/// A word out of a closed list, as a file states it.
pub(crate) trait Word: Sized + Copy + 'static {
    const ALL: &'static [Self];
    fn text(self) -> &'static str;
}

/// The value of a word.
pub(crate) fn of_word<W: Word>(words: &[W], word: &str) -> Option<W> {
    words.iter().copied().find(|known| known.text() == word)
}

/// The texts behind each name are, in their order, what the methods listed behind the enum give.
macro_rules! named {
    (@texts $enum:ident [] $($value:ident [])+) => {};
    (
        @texts $enum:ident [$method:ident $($more:ident)*]
        $($value:ident [$text:literal $($rest:literal)*])+
    ) => {
        impl $enum {
            pub(crate) const fn $method(self) -> &'static str {
                match self { $($enum::$value => $text,)+ }
            }
        }
        $crate::named::named!(@texts $enum [$($more)*] $($value [$($rest)*])+);
    };
    (
        $(#[$about:meta])*
        $enum:ident $(, $method:ident)* {
            $($(#[$of_value:meta])* $value:ident = $name:literal $(, $text:literal)*;)+
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub(crate) enum $enum { $($(#[$of_value])* $value,)+ }

        impl $enum {
            /// All values, in order; a value's place here is its number.
            pub(crate) const ALL: [$enum; [$($enum::$value),+].len()] = [$($enum::$value),+];

            /// The name in columns, keys and files.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $($enum::$value => $name,)+ }
            }
        }

        impl $crate::named::Word for $enum {
            const ALL: &'static [$enum] = &$enum::ALL;

            fn text(self) -> &'static str {
                self.as_str()
            }
        }

        impl serde::Serialize for $enum {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::named::named!(@texts $enum [$($method)*] $($value [$($text)*])+);
    };
}
pub(crate) use named;
