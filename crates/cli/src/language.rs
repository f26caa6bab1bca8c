use clap::ValueEnum;
use lenity::Lang;

/// A language people read, as written on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Language {
    Zh,
    En,
}

impl Language {
    /// The language asked for, or else that of the environment.
    pub(crate) fn chosen(asked: Option<Language>) -> Lang {
        let language = asked.unwrap_or_else(|| Language::of_locale(|name| std::env::var_os(name)?.into_string().ok()));
        match language {
            Language::Zh => Lang::Chinese,
            Language::En => Lang::English,
        }
    }

    /// The first of the three variables that is set decides, as POSIX has it.
    fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let language = locale.split(['_', '.', '@', '-']).next();
        if language.is_some_and(|language| language.eq_ignore_ascii_case("zh")) { Language::Zh } else { Language::En }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    fn of(variables: &[(&str, &str)]) -> Language {
        Language::of_locale(|name| {
            variables.iter().find(|(each, _)| *each == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn chinese_locales_are_chinese_and_all_others_english() {
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(of(&[("LANG", "zh")]), Language::Zh);
        assert_eq!(of(&[("LANG", "de_DE.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "C")]), Language::En);
        assert_eq!(of(&[]), Language::En);
    }

    #[test]
    fn the_first_variable_that_says_something_decides() {
        assert_eq!(of(&[("LC_ALL", "en_US"), ("LANG", "zh_CN")]), Language::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW"), ("LANG", "en")]), Language::Zh);
    }
}
