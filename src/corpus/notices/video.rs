//! What speech recognisers make up where nobody speaks any more: `Thank you for watching!`, `Altyazı M.K.`
//!
//! In: the last line or cue of a transcript. Out: whether it is nothing but the end of a video, as such programs have
//! learnt it from subtitles. In front of other words, or behind them in one paragraph, the same is somebody's; thanks
//! for listening are, too.

use super::parts::is_name;

/// How the end of a video begins; few words follow.
#[rustfmt::skip]
const WATCHED: &[&str] = &[
    "thank you for watching", "thanks for watching", "thank you so much for watching",
    "thank you very much for watching",
    "thank you all for watching", "please subscribe", "please like and subscribe", "like and subscribe",
    "don't forget to subscribe", "don't forget to like and subscribe", "see you in the next video",
    "i'll see you in the next video", "vielen dank fürs zuschauen", "vielen dank für's zuschauen",
    "danke fürs zuschauen", "danke für's zuschauen", "vielen dank für das zuschauen", "merci d'avoir regardé",
    "abonnez-vous", "n'oubliez pas de vous abonner", "gracias por ver", "muchas gracias por ver", "suscríbete al canal",
    "suscríbanse al canal", "grazie per la visione", "grazie per aver guardato", "iscriviti al canale",
    "obrigado por assistir", "obrigada por assistir", "inscreva-se no canal", "bedankt voor het kijken",
    "dziękuję za oglądanie", "dziękujemy za oglądanie", "dzięki za oglądanie", "děkuji za sledování",
    "děkujeme za sledování", "tack för att du tittade", "tack för att ni tittade", "tack för att ni har tittat",
    "tak fordi du så med", "tak fordi i så med", "takk for at du så på", "takk for at dere så på",
    "kiitos katsomisesta",
    "спасибо за просмотр", "подписывайтесь на канал", "дякую за перегляд", "дякуємо за перегляд",
    "субтитры сделал dimatorzok", "субтитры создавал dimatorzok", "izlediğiniz için teşekkür",
    "ご視聴ありがとうございました", "谢谢观看", "謝謝觀看", "感谢观看", "感謝觀看", "시청해주셔서 감사합니다",
    "시청해 주셔서 감사합니다",
];
/// What stands behind that.
#[rustfmt::skip]
const THIS: &[&str] = &[
    "", "this video", "the video", "my video", "our video", "my videos", "everyone", "everybody", "guys",
    "and don't forget to subscribe", "and please subscribe", "to my channel", "to our channel", "to the channel",
    "cette vidéo", "la vidéo", "à la chaîne", "à ma chaîne", "el video", "el vídeo", "este video", "este vídeo",
    "il video", "questo video", "o vídeo", "dieses videos", "der videos", "wideo", "ler", "ler ederim",
];
/// What may stand beside it.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "bye", "bye bye", "bye-bye", "see you next time", "see you", "thank you", "thanks", "bis zum nächsten mal",
    "tschüss", "au revoir", "à bientôt", "hasta la próxima", "alla prossima", "até a próxima", "tot de volgende keer",
];

/// Words of who made subtitles, at most.
const CREDIT: usize = 12;
/// What they are called, as the word begins.
#[rustfmt::skip]
const SUBTITLES: &[&str] = &[
    "subtit", "untertitel", "sous-titr", "sottotitol", "legenda", "ondertitel", "napisy", "undertext", "undertekst",
    "tekst", "titulky", "субтитр", "altyazı", "felirat", "υπότιτλ", "字幕", "자막", "ترجمة", "caption",
];
/// How they name whoever made them.
#[rustfmt::skip]
const CREDITS: &[&str] = &[
    "napisy stworzone przez", "napisy wykonane przez", "napisy wykonał", "zdjęcia i napisy stworzone przez",
    "tłumaczenie i napisy ", "altyazı m.k", "altyazı: ", "undertexter av ", "undertexter från ", "svensktextning.nu",
    "undertextning.nu", "textning stina hedin", "danske tekster af ", "undertekster af ", "undertekster av ",
    "teksting av ", "norske tekster av ", "titulky vytvořil", "редактор субтитров", "субтитры сделал",
    "субтитры подогнал", "субтитры создавал", "субтитри зроблені", "subtitrare realizată de", "υπότιτλοι authorwave",
    "sous-titres par ", "sous-titrage fr", "subtitulado por ", "subtítulos en español de", "sottotitoli a cura di",
    "legenda adriana zanotto", "transcrição e legendas ",
    "ondertiteld door ", "ondertiteling door ", "tekstitys: ", "suomenkielinen tekstitys", "feliratok az ",
    "ترجمة نانسي قنقر", "한글자막 by", "mbc 뉴스 이덕영", "subs by www", "subtitles by steamteamextra",
    "untertitelung. br", "copyright wdr", "transcripts provided by transcription outsourcing",
    "transcription by castingwords", "translated by releska",
];
#[rustfmt::skip]
const WHOLE_CREDITS: &[&str] = &[
    "altyazı m.k", "amara.org", "www.amara.org", "swr 2020", "swr 2021", "ard text im auftrag von funk",
    "tv gelderland 2021", "продолжение следует", "优优独播剧场——yoyo television series exclusive", "中文字幕志愿者 李宗盛",
    "اشتركوا في القناة", "شكرا للمشاهدة", "شكرا على المشاهدة", "구독과 좋아요 부탁드립니다", "チャンネル登録をお願いいたします",
    "チャンネル登録よろしくお願いします", "字幕視聴ありがとうございました", "最後までご視聴いただきありがとうございます",
    "köszönöm, hogy megnézted", "vă mulțumim pentru vizionare", "abone olmayı unutmayın", "תודה רבה על הצפייה",
];

/// Whether words are the end of a video alone.
pub(super) fn is_end(words: &str) -> bool {
    const LONGEST: usize = 200;
    if words.len() > LONGEST {
        return false;
    }
    let text = words.to_lowercase().replace('’', "'");
    if is_subtitled(text.trim_matches(|c: char| !c.is_alphanumeric())) {
        return true;
    }
    let mut is_one = false;
    let are_all = text
        .split(['.', '!', '?', '。', '！', '¡', '♪', '\n'])
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| !part.is_empty())
        .all(|part| {
            let is_watched = is_watched(part);
            is_one |= is_watched;
            is_watched || BESIDE.contains(&part)
        });
    is_one && are_all
}

/// `napisy stworzone przez społeczność amara.org`, `altyazı m.k.`: who made subtitles, and nothing else.
fn is_subtitled(text: &str) -> bool {
    let n_words = text.split_whitespace().count();
    let is_of_amara =
        n_words <= CREDIT && text.contains("amara.org") && SUBTITLES.iter().any(|it| text.starts_with(it));
    is_of_amara
        || (n_words <= CREDIT && CREDITS.iter().any(|start| text.starts_with(start)))
        || WHOLE_CREDITS.contains(&text)
}

fn is_watched(part: &str) -> bool {
    is_credit_in_signs(part)
        || WATCHED
            .iter()
            .filter_map(|start| part.strip_prefix(start))
            .any(|rest| THIS.contains(&rest.trim_start_matches([' ', ','])))
}

/// `字幕志愿者 李明`, `字幕由Amara.org社区提供`: who made subtitles.
fn is_credit_in_signs(part: &str) -> bool {
    const STARTS: [&str; 5] = ["字幕志愿者", "字幕由", "请不吝点赞", "字幕製作", "字幕制作"];
    const LONGEST: usize = 30;
    STARTS.iter().any(|start| part.starts_with(start)) && part.chars().count() <= LONGEST
}

/// `♪ (a band plays) ♪`: a sound in brackets between notes, and no words of a song.
pub(super) fn is_music(line: &str) -> bool {
    const NOTES: [char; 3] = ['♪', '♫', ' '];
    let inner = line.trim().trim_matches(NOTES);
    line.trim().starts_with(['♪', '♫']) && inner.starts_with(['(', '[']) && inner.ends_with([')', ']'])
}

/// `A Hull Media production for HBC Four`: names on both sides, and nothing else.
pub(super) fn is_production(line: &str) -> bool {
    let bare = line.trim().trim_end_matches('.');
    let rest = ["A ", "An ", "Une ", "Eine ", "Una ", "Een "].iter().find_map(|article| bare.strip_prefix(article));
    rest.is_some_and(|rest| {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let made = words.iter().position(|word| matches!(*word, "production" | "produktion" | "film"));
        let are_names = |words: &[&str]| {
            words.iter().all(|word| {
                is_name(word) || matches!(*word, "&" | "and" | "of" | "the" | "in" | "association" | "with")
            })
        };
        made.is_some_and(|at| {
            let for_whom = &words[at + 1..];
            at > 1
                && are_names(&words[..at])
                && matches!(for_whom[..], ["for" | "in" | "für" | "pour", ..])
                && for_whom.len() > 1
                && are_names(&for_whom[1..])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_video_is_told_by_nothing_else_beside_it() {
        for words in [
            "Thank you for watching!",
            "Thanks for watching! Please subscribe.",
            "Thank you so much for watching this video. Bye!",
            "Vielen Dank fürs Zuschauen.",
            "Merci d’avoir regardé cette vidéo !",
            "¡Gracias por ver el video!",
            "Спасибо за просмотр!",
            "izlediğiniz için teşekkürler",
            "ご視聴ありがとうございました。",
            "字幕志愿者 李明",
            "Napisy stworzone przez społeczność Amara.org",
            "Altyazı M.K.",
            "Undertexter från Amara.org-gemenskapen",
            "Danske tekster af Nicolai Winther",
            "Titulky vytvořil JohnyX.",
            "Редактор субтитров А.Семкин Корректор А.Егорова",
            "Sous-titres par Jérémy Diaz",
            "Legendas pela comunidade Amara.org",
            "ترجمة نانسي قنقر",
            "チャンネル登録をお願いいたします",
        ] {
            assert!(is_end(words), "{words}");
        }
    }

    #[test]
    fn thanks_of_people_are_theirs() {
        for words in [
            "Thank you.",
            "Bye.",
            "Thanks for listening.",
            "Vielen Dank.",
            "Thank you for watching the children.",
            "Thank you for watching over us.",
            "Thanks for watching it with me!",
            "Start with two hives. Thanks for watching!",
            "I watched it. Please subscribe.",
            "字幕太小了",
            "Napisy są za małe.",
            "Altyazı yoktu.",
            "I found it on amara.org",
            "So we went home. Untertitel der Amara.org-Community",
            "Undertexter hjälper mig",
            "Субтитры мне помогают.",
            "Gracias por verme.",
            "Please subscribe to the paper, she said.",
            "",
        ] {
            assert!(!is_end(words), "{words}");
        }
    }
}
