//! Names that are written without their accents and signs: `Selma Sabanovic` for `Selma Šabanović`, `ONeill` for
//! `O’Neill`.
//!
//! In: a label that nobody of the header goes by exactly. Out: whom it names without them, where it is one. It never
//! takes `Maria` for `María` where both are people, and folds no script whose every sign counts.

use super::super::label_key::folded;
use super::{People, Person};

impl People {
    /// The person whose name is the same but for accents and signs, where nobody is called so exactly.
    pub(super) fn find_folded(&self, label: &str) -> Option<&Person> {
        if self.present.iter().any(|person| person.labels.iter().any(|known| known == label)) {
            return None;
        }
        let forms = folded(label);
        // One letter is an initial.
        let mut found =
            forms.iter().filter(|form| form.chars().count() > 1).filter_map(|form| self.folded.part_of(form));
        let (at, part) = found.next()?;
        (part.is_some() && found.all(|(_, other)| other == part)).then(|| &self.parts[at])
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Role;
    use super::*;

    fn people(names: &[(Role, &str)]) -> People {
        let mut people = People::default();
        names.iter().for_each(|(role, name)| people.add("Name", *role, name));
        people
    }

    #[test]
    fn a_name_may_be_written_without_its_accents_and_signs() {
        for (name, labels) in [
            ("Selma Šabanović", &["Selma Sabanovic", "Sabanovic", "SS"][..]),
            ("Jörg Müller", &["Jorg Muller", "Joerg Mueller", "Mueller", "Joerg"]),
            ("Joerg Mueller", &["Jörg Müller", "Müller"]),
            ("José García", &["Jose Garcia", "Jose", "GARCIA"]),
            ("Łukasz Wójcik", &["Lukasz Wojcik"]),
            ("İpek Yıldız", &["Ipek Yildiz"]),
            ("Ann O’Neill", &["Ann O'Neill", "O'Neill", "Oneill"]),
            ("Ann-Marie Hall", &["Ann Marie Hall", "AMH"]),
            ("Selma Sabanovic", &["Selma Šabanović"]),
        ] {
            let people = people(&[(Role::Interviewer, name)]);
            for label in labels {
                assert_eq!(people.find(label).map(|p| p.role), Some(Role::Interviewer), "{name} {label}");
            }
        }
        // Two whom the accent alone tells apart.
        let two = people(&[(Role::Interviewer, "Maria"), (Role::Participant, "María")]);
        assert_eq!(two.find("Maria").map(|p| p.role), Some(Role::Interviewer));
        assert_eq!(two.find("María").map(|p| p.role), Some(Role::Participant));
        assert_eq!(two.find("MARÌA"), None);
        let other = people(&[(Role::Interviewer, "Jörg Müller")]);
        for label in ["Jurg", "Moller", "M", "Mullerin"] {
            assert_eq!(other.find(label), None, "{label}");
        }
        // Of scripts without such letters every sign counts.
        assert_eq!(people(&[(Role::Interviewer, "カトウ")]).find("ガトウ"), None);
    }
}
