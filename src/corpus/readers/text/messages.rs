//! What a messenger writes into the chats that it exports: `<Media omitted>`, `This message was deleted`, polls.
//!
//! In: a text. Out: the bytes of it that the program wrote, whole messages with their openings, or what stands behind
//! somebody's words; nothing where the lines are no chat's. It knows WhatsApp's lines in many languages; who writes
//! such a line in words of their own, or more than it, said it.

use std::ops::Range;

use super::super::super::by_lines::ByLines;
use super::super::super::label_key::is_unseen;

/// Openings from which a text is a chat.
const FEWEST: usize = 4;
/// Words of a message about a call, at most.
const OF_CALL: usize = 9;
/// Characters of a date with its time, and bytes of a name, at most.
const LONGEST_CLOCK: usize = 28;
const LONGEST_NAME: usize = 80;
/// The longest mark in angle brackets, in bytes.
const LONGEST_MARK: usize = 90;

/// Whole messages, in lower case and without `<`, `>` and the full stop.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "media omitted", "image omitted", "video omitted", "audio omitted", "sticker omitted", "gif omitted",
    "document omitted", "contact card omitted", "video note omitted", "view once voice message omitted",
    "this message was deleted", "you deleted this message", "this message was deleted by admin",
    "live location shared", "waiting for this message. this may take a while", "null",
    "you received a view once photo. for added privacy, you can only open it on your phone",
    "you received a view once video. for added privacy, you can only open it on your phone",
    "you received a view once message. for added privacy, you can only open it on your phone",
    "medien ausgeschlossen", "medien weggelassen", "bild weggelassen", "video weggelassen", "audio weggelassen",
    "sticker weggelassen", "gif weggelassen", "dokument weggelassen", "kontaktkarte ausgelassen",
    "diese nachricht wurde gelöscht", "du hast diese nachricht gelöscht", "live-standort wird geteilt",
    "warte auf diese nachricht. dies kann etwas dauern", "warten auf diese nachricht. dies kann etwas dauern",
    "médias omis", "image absente", "vidéo absente", "audio omis", "sticker omis", "document omis", "gif retiré",
    "ce message a été supprimé", "vous avez supprimé ce message", "ce message a été supprimé par un admin",
    "localisation en direct partagée", "en attente de ce message. ceci peut prendre du temps",
    "multimedia omitido", "archivo omitido", "imagen omitida", "video omitido", "audio omitido", "sticker omitido",
    "documento omitido", "gif omitido", "se eliminó este mensaje", "este mensaje fue eliminado",
    "eliminaste este mensaje", "esperando este mensaje. esto puede tomar tiempo",
    "media omessi", "immagine omessa", "video omesso", "audio omesso", "sticker non incluso", "documento omesso",
    "questo messaggio è stato eliminato", "hai eliminato questo messaggio",
    "in attesa del messaggio. potrebbe volerci qualche minuto",
    "mídia oculta", "arquivo de mídia oculto", "ficheiro não revelado", "imagem ocultada", "vídeo omitido",
    "áudio ocultado", "figurinha omitida", "essa mensagem foi apagada", "esta mensagem foi apagada",
    "esta mensagem foi eliminada", "mensagem apagada", "você apagou esta mensagem", "você apagou essa mensagem",
    "aguardando mensagem. essa ação pode levar alguns instantes",
    "media weggelaten", "afbeelding weggelaten", "video weggelaten", "audio weggelaten", "sticker weggelaten",
    "dit bericht is verwijderd", "dit bericht werd verwijderd", "je hebt dit bericht verwijderd",
    "u hebt dit bericht verwijderd", "wachten op dit bericht. dit kan even duren",
    "pominięto multimedia", "multimedia pominięto", "obraz pominięto", "ta wiadomość została usunięta",
    "usunięto tę wiadomość", "usunąłeś tę wiadomość", "ta wiadomość została skasowana",
    "média vynechána", "média byla vynechána", "tato zpráva byla smazána", "tato zpráva byla odstraněna",
    "media har utelämnats", "media utelämnat", "detta meddelande raderades", "det här meddelandet raderades",
    "du raderade detta meddelande", "medier udeladt", "mediefil udeladt", "denne besked blev slettet",
    "du slettede denne besked", "medier er utelatt", "medier utelatt", "denne meldingen ble slettet",
    "du slettet denne meldingen", "media jätettiin pois", "media jätetty pois", "tämä viesti poistettiin",
    "poistit tämän viestin", "medya dahil edilmedi", "bu mesaj silindi", "bu mesajı sildiniz",
    "без медиафайлов", "медиафайл исключён", "данное сообщение удалено", "это сообщение удалено",
    "сообщение удалено", "вы удалили данное сообщение", "медіа пропущено", "це повідомлення видалено",
    "メディアは含まれていません", "このメッセージは削除されました", "忽略多媒体文件", "此消息已删除", "您删除了此消息",
    "미디어 생략됨", "삭제된 메시지입니다", "تم استبعاد الوسائط", "تم حذف هذه الرسالة", "המדיה הושמטה", "הודעה זו נמחקה",
];
/// How messages about calls begin.
#[rustfmt::skip]
const CALLS: &[&str] = &[
    "missed voice call", "missed video call", "missed group voice call", "missed group video call", "voice call,",
    "video call,", "verpasster sprachanruf", "verpasster videoanruf", "sprachanruf,", "videoanruf,",
    "appel vocal manqué", "appel vidéo manqué", "appel vocal,", "appel vidéo,", "llamada perdida",
    "videollamada perdida", "llamada de voz perdida", "chiamata vocale persa", "videochiamata persa",
    "chiamata persa", "chamada de voz perdida", "chamada de vídeo perdida", "ligação de voz perdida",
    "ligação de vídeo perdida", "gemiste spraakoproep", "gemiste video-oproep", "nieodebrane połączenie",
    "missat röstsamtal", "missat videosamtal", "ubesvaret opkald", "tapt taleanrop", "tapt videoanrop",
    "пропущенный аудиозвонок", "пропущенный видеозвонок", "cevapsız sesli arama", "cevapsız görüntülü arama",
];
/// How messages of a poll begin.
const POLLS: &[&str] =
    &["poll:", "umfrage:", "sondage :", "sondage:", "encuesta:", "sondaggio:", "enquete:", "peiling:"];
/// What stands behind the name of a file.
#[rustfmt::skip]
const ATTACHED: &[&str] = &[
    "(file attached)", "(datei angehängt)", "(fichier joint)", "(archivo adjunto)", "(file allegato)",
    "(arquivo anexado)", "(ficheiro anexado)", "(bestand bijgevoegd)", "(plik dołączony)", "(załączono plik)",
    "(soubor přiložen)", "(bifogad fil)", "(vedhæftet fil)", "(fil vedhæftet)", "(vedlagt fil)", "(fil vedlagt)",
    "(tiedosto liitetty)", "(dosya ekli)", "(файл добавлен)", "(ファイル添付)", "(文件附件)",
];
/// How the same begins on iPhones, within `<` and `>`.
#[rustfmt::skip]
const ATTACHMENTS: &[&str] = &[
    "<attached:", "<anhang:", "<pièce jointe :", "<pièce jointe:", "<adjunto:", "<allegato:", "<anexado:",
    "<bijgevoegd:", "<załącznik:", "<bifogat:", "<вложение:",
];
/// What stands behind words that were changed.
#[rustfmt::skip]
const EDITED: &[&str] = &[
    "<this message was edited>", "<diese nachricht wurde bearbeitet.>", "<diese nachricht wurde bearbeitet>",
    "<ce message a été modifié>", "<se editó este mensaje.>", "<se editó este mensaje>", "<mensaje editado>",
    "<este mensaje fue editado>", "<questo messaggio è stato modificato>", "<mensagem editada>",
    "<essa mensagem foi editada>", "<esta mensagem foi editada>", "<dit bericht is bewerkt>",
    "<ta wiadomość została edytowana>", "<wiadomość edytowana>", "<tato zpráva byla upravena>",
    "<detta meddelande redigerades>", "<denne besked blev redigeret>", "<denne meldingen ble redigert>",
    "<tätä viestiä muokattiin>", "<bu mesaj düzenlendi>", "<сообщение изменено>", "<данное сообщение изменено>",
];

/// The bytes that the program wrote, in order, each within a line; none of a text that is no chat.
pub(super) fn by_program(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines: Vec<(Range<usize>, Opening)> = Vec::new();
    for line in text.by_whole_lines() {
        let bytes = start..start + line.trim_end().len();
        lines.push((bytes.clone(), opening(&text[bytes])));
        start += line.len();
    }
    let count = |is: fn(&Opening) -> bool| lines.iter().filter(|(_, opening)| is(opening)).count();
    let n_messages = count(|opening| matches!(opening, Opening::Message(_)));
    if n_messages < FEWEST {
        return Vec::new();
    }
    // Names above the words stand in brackets as well.
    let are_events = count(|opening| *opening == Opening::Unnamed) * FEWEST <= n_messages;
    for (_, opening) in lines.iter_mut().filter(|(_, opening)| *opening == Opening::Unnamed) {
        *opening = if are_events { Opening::Event } else { Opening::None };
    }
    let mut found = Vec::new();
    let mut is_poll = false;
    for (at, (bytes, opening)) in lines.iter().enumerate() {
        let line = &text[bytes.clone()];
        let from = match opening {
            Opening::Message(from) => *from,
            Opening::Event | Opening::Unnamed | Opening::None => 0,
        };
        is_poll &= *opening == Opening::None;
        is_poll |= *opening != Opening::None && POLLS.contains(&plain(&line[from..]).as_str());
        // What stands below a picture is said by who sent it.
        let goes_on = lines.get(at + 1).is_some_and(|(next, opening)| *opening == Opening::None && !next.is_empty());
        let start = match opening {
            Opening::Event => Some(0),
            _ if is_poll => Some(0),
            _ => by_program_from(line, from).map(|start| if start == from && !goes_on { 0 } else { start }),
        };
        found.extend(start.map(|start| bytes.start + start..bytes.end));
    }
    found.retain(|bytes| !bytes.is_empty());
    found
}

/// How a line of a chat begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `05/03/24, 14:00 - Ann: words` or `[05/03/24, 14:00:07] Ann: words`, with the byte where the words begin.
    Message(usize),
    /// `05/03/24, 14:00 - Ann left`
    Event,
    /// `[05/03/24, 14:00:07] Ann left`
    Unnamed,
    None,
}

fn opening(line: &str) -> Opening {
    let bare = line.trim_start_matches(is_unseen);
    // Most lines of a text are no message, as their first character tells.
    if !bare.trim_start_matches('[').starts_with(|c: char| c.is_ascii_digit()) {
        return Opening::None;
    }
    let parts = match bare.strip_prefix('[') {
        Some(bare) => bare.split_once("] "),
        None => bare.split_once(" - "),
    };
    let is_clock = |clock: &str| {
        clock.starts_with(|c: char| c.is_ascii_digit())
            && clock.contains(':')
            && clock.contains(['/', '.', '-'])
            && (6..=14).contains(&clock.bytes().filter(u8::is_ascii_digit).count())
            && clock.chars().count() <= LONGEST_CLOCK
    };
    let Some((_, rest)) = parts.filter(|(clock, _)| is_clock(clock)) else { return Opening::None };
    match rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|name| (name, ""))) {
        Some((name, words)) if !name.is_empty() && name.len() <= LONGEST_NAME => {
            Opening::Message(line.len() - words.len())
        }
        None if bare.starts_with('[') => Opening::Unnamed,
        None => Opening::Event,
        _ => Opening::None,
    }
}

/// Whether a line's words are such as the program writes, and nothing else.
fn is_by_program(plain: &str) -> bool {
    let bare = plain.trim_matches(['<', '>']).trim_end_matches(['.', '。']);
    let is_place = plain.split_whitespace().count() <= 2 && plain.contains("https://maps.google.com/?q=");
    let is_call = CALLS.iter().any(|call| bare.starts_with(call)) && bare.split_whitespace().count() <= OF_CALL;
    let is_file = ATTACHED.iter().any(|mark| plain.strip_suffix(mark).is_some_and(is_name_of_file))
        || (plain.ends_with('>') && ATTACHMENTS.iter().any(|mark| plain.starts_with(mark)));
    WHOLE.contains(&bare) || is_place || is_call || is_file || is_mark(plain)
}

/// `<médias omis>`, in whatever language: words in angle brackets, and nothing else.
fn is_mark(plain: &str) -> bool {
    let inner = plain.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    inner.is_some_and(|inner| {
        let is_phrase = inner.contains(' ') || !inner.is_ascii();
        is_phrase
            && !inner.contains(['<', '>'])
            && inner.starts_with(char::is_alphabetic)
            && inner.len() <= LONGEST_MARK
    })
}

/// The byte of a line from which on the program wrote it: that where the words begin, or a mark that they were changed.
fn by_program_from(line: &str, from: usize) -> Option<usize> {
    let plain = plain(&line[from..]);
    if is_by_program(&plain) {
        return Some(from);
    }
    let is_edited = EDITED.iter().any(|mark| plain.ends_with(mark));
    is_edited.then(|| line.rfind('<')).flatten().filter(|start| *start >= from)
}

/// `IMG-20240305-WA0003.jpg`
fn is_name_of_file(name: &str) -> bool {
    let extension = name.trim().rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| (2..=5).contains(&extension.len()) && !extension.contains(' '))
}

/// In lower case, without the marks that iPhones put in front of what the program wrote, with plain spaces.
fn plain(words: &str) -> String {
    let kept = words.chars().filter(|&c| !is_unseen(c)).map(|c| if c.is_whitespace() { ' ' } else { c });
    kept.collect::<String>().trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels;
    use super::*;

    fn kept(open: fn(&str) -> String, message: &str) -> Vec<String> {
        let said = ["How was it?", "It was so cold.", "And then?", "We left at noon."];
        let mut text = String::new();
        for (at, words) in said.iter().enumerate() {
            text += &format!("{}{words}\n", open(["Ann Hall", "Tom Reed"][at % 2]));
        }
        text += &format!("{}{message}\n", open("Tom Reed"));
        let without = labels::without(&text, &by_program(&text));
        without
            .lines()
            .skip(said.len())
            .map(|line| line.trim_end().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    #[test]
    fn what_a_messenger_writes_is_nobodys() {
        let opens: [fn(&str) -> String; 3] = [
            |who| format!("05/03/24, 14:03 - {who}: "),
            |who| format!("[05.03.24, 14:03:07] {who}: \u{200e}"),
            |who| format!("3/5/24, 2:03\u{202f}PM - {who}: "),
        ];
        for message in [
            "<Media omitted>",
            "image omitted",
            "This message was deleted",
            "You deleted this message",
            "Ce message a été supprimé",
            "Questo messaggio è stato eliminato",
            "Diese Nachricht wurde gelöscht.",
            "Missed voice call",
            "Video call, 12 min",
            "location: https://maps.google.com/?q=56.4,-5.4",
            "<Bilden har inte tagits med>",
            "<多媒体文件没有了>",
            "POLL:\nWhich boat?\nOPTION: Green (2 votes)",
            "Waiting for this message. This may take a while.",
        ] {
            opens.into_iter().for_each(|open| assert!(kept(open, message).is_empty(), "{message}"));
        }
        let open = opens[0];
        let begins = open("Tom Reed");
        for (message, said) in [
            ("The hull bangs. <This message was edited>", format!("{begins}The hull bangs.")),
            ("IMG-2024-WA0003.jpg (Datei angehängt)\nThe old boat.", "The old boat.".to_owned()),
        ] {
            assert!(kept(open, message).contains(&said), "{:?}", kept(open, message));
        }
    }

    #[test]
    fn what_people_write_of_messages_is_theirs() {
        let open: fn(&str) -> String = |who| format!("05/03/24, 14:03 - {who}: ");
        for message in [
            "This message was deleted by my sister, I think",
            "Missed voice call after missed voice call, all night, from the office at home",
            "I sent you the poll: nobody answered",
            "The map is at https://maps.google.com/?q=56.4,-5.4 as I said",
            "We called it <the hall>",
            "<sigh>",
            "<the hall> and <the yard>",
            "Deleted",
        ] {
            assert_eq!(kept(open, message), [format!("{}{message}", open("Tom Reed"))]);
        }
        let joined = "05/03/24, 14:00 - Tom added Ann\n05/03/24, 14:00 - Ann: So?\n05/03/24, 14:01 - Tom: No.\n\
                      05/03/24, 14:02 - Ann: Why?\n05/03/24, 14:03 - Tom: It rained.\n";
        let found = by_program(joined);
        assert_eq!((found.len(), found.first()), (1, Some(&(0..31))), "what happens in a chat is nobody's");
        let left = joined.replace("05/03/24, 14:00 - Tom added Ann", "[05/03/24, 14:00:07] Tom added Ann");
        assert_eq!(by_program(&left).len(), 1);
        // Names above the words.
        let names = "[05/03/24 14:00] Ann\nSo: why?\n\n[05/03/24 14:01] Tom\nIt rained.\n\n";
        assert!(by_program(&format!("{}{joined}", names.repeat(3))).iter().all(|bytes| bytes.start > names.len()));
        // Without the openings of a chat nothing is known.
        assert!(by_program("Ann: So?\nTom: <Media omitted>\nAnn: And?\nTom: null\n").is_empty());
    }
}
