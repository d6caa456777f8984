//! What speech recognisers make up where nobody speaks any more: `Thank you for watching!`
//!
//! In: the last line or cue of a transcript. Out: whether it is nothing but the end of a video, as such programs have
//! learnt it from subtitles. In front of other words, or behind them in one paragraph, the same is somebody's; thanks
//! for listening are, too.

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

/// Whether words are the end of a video alone.
pub(super) fn is_end(words: &str) -> bool {
    const LONGEST: usize = 200;
    if words.len() > LONGEST {
        return false;
    }
    let text = words.to_lowercase().replace('’', "'");
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

fn is_watched(part: &str) -> bool {
    WATCHED
        .iter()
        .any(|start| part.strip_prefix(start).is_some_and(|rest| THIS.contains(&rest.trim_start_matches([' ', ',']))))
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
            "Gracias por verme.",
            "Please subscribe to the paper, she said.",
            "",
        ] {
            assert!(!is_end(words), "{words}");
        }
    }
}
