//! Codes for missing answers, as programs and people write them in many languages.
//!
//! Nothing comes in: these are lists, each with the condition under which what is in it counts. Which cell is a code is
//! found out by [`missing`](super).

/// What only programs write.
#[rustfmt::skip]
pub(super) const BY_PROGRAMS: &[&str] = &[
    "NULL", "null", "(null)", "[null]", "<null>", "{null}", "(NULL)", "[NULL]", "<NULL>", "{NULL}", "\\N", "NULL::text",
    "<NA>", "pd.NA", "NA_character_", "NA_integer_", "NA_real_", "NA_complex_", "NaN", "nan", "NAN", "-nan", "-NaN",
    "NaT", "<NaT>", "SYSMIS", "$SYSMIS", "1.#QNAN", "-1.#IND", "1.#IND",
];
/// What people write too: a code where several cells hold it in the same spelling. In lower case, without
/// brackets around it and spaces around `/`.
#[rustfmt::skip]
pub(super) const BY_BOTH: &[&str] = &[
    "missing", "missing value", "no answer", "not answered", "no response", "no reply", "did not answer",
    "did not respond", "declined to answer", "refused to answer", "don't know/refused", "seen but not answered",
    "seen but unanswered", "question seen but not answered", "not asked", "question not asked", "not shown",
    "not displayed", "not reached", "left blank", "left empty", "not administered", "question not shown",
    "question not displayed", "question not administered", "question skipped", "skipped question", "filtered",
    "keine angabe", "keine angaben", "ohne angabe", "ohne angaben", "k. a.", "k.a.", "keine antwort", "fehlender wert",
    "antwort verweigert", "nicht beantwortet", "nicht gefragt", "nicht gestellt", "nicht gezeigt", "nicht angezeigt",
    "nicht erhoben", "frage nicht gestellt", "frage nicht gezeigt", "frage nicht angezeigt", "frage übersprungen",
    "weiß nicht/keine angabe", "weiss nicht/keine angabe", "weiß nicht/k. a.", "weiß nicht/k.a.", "sans réponse",
    "non réponse", "non-réponse", "pas de réponse", "aucune réponse", "non renseigné", "non renseignée", "non répondu",
    "n'a pas répondu", "ne se prononce pas", "refus de répondre", "question non posée", "question non affichée",
    "non posée", "non demandé", "donnée manquante", "valeur manquante", "ne sait pas/ne répond pas",
    "ne sait pas/refus", "sin respuesta", "sin dato", "sin datos", "no contesta", "no contestó", "no responde",
    "no respondió", "no preguntado", "no preguntada", "pregunta no mostrada", "valor perdido", "no sabe/no contesta",
    "no sabe/no responde", "ns/nc", "ns/nr", "nessuna risposta", "non risponde", "non ha risposto", "non rispondo",
    "non chiesto", "non chiesta", "domanda non mostrata", "dato mancante", "non sa/non risponde", "sem resposta",
    "não respondeu", "não responde", "não perguntado", "não perguntada", "não sabe/não responde",
    "não sabe/não respondeu", "geen antwoord", "geen opgave", "niet beantwoord", "niet gevraagd", "niet gesteld",
    "niet getoond", "niet ingevuld", "weet niet/geen antwoord", "brak odpowiedzi", "brak danych", "nie zapytano",
    "odmowa odpowiedzi", "bez odpovědi", "inget svar", "ej svar", "intet svar", "ingen svar", "ikke besvaret",
    "ikke besvart", "ei vastausta", "cevap yok", "нет ответа", "無回答", "未回答", "无回答", "무응답", "未作答", "未填写", "未填寫", "無作答",
    "응답 없음", "لا إجابة", "لا اجابة", "لا توجد إجابة", "بدون إجابة", "لم يجب", "neodpověděl", "neodpověděla",
    "neodpověděl/a", "neodpovedal", "neodpovedala", "bez odpovede", "nincs válasz", "fără răspuns", "δεν απάντησε",
    "немає відповіді", "אין תשובה", "not completed", "not filled in", "incomplete response", "skipped by logic",
    "skipped by branching", "system missing", "system-missing", "user missing", "user-missing", "no text entered",
    "nothing entered", "item not applicable", "question not applicable", "nicht ausgefüllt", "non rempli",
    "non complété", "no completado", "non compilato", "não preenchido", "nie wypełniono", "nevyplněno", "field hidden",
    "hidden field", "not ascertained", "question hidden", "answer missing", "missing answer", "no answer given",
    "no answer provided", "unanswered question", "antwort fehlt", "ohne antwort", "non répondue", "réponse manquante",
    "refus de réponse", "no respondida", "no contestada", "sem dados", "não respondida", "ontbrekend antwoord",
    "antwoord ontbreekt", "wil niet antwoorden", "odpowiedź odmówiona", "nie odpowiedział", "nie odpowiedziała",
    "bez odpowiedzi", "uppgift saknas", "svar saknas", "ej besvarat", "ej besvarad", "ej besvarade", "inte besvarat",
    "inte besvarad", "vill ej svara", "vill inte svara", "svarar ej", "ubesvart", "ubesvaret", "ikke svar",
    "ikke svart", "uoplyst", "vil ikke svare", "ei vastattu", "vastaus puuttuu", "cevaplanmadı", "cevap verilmedi",
    "yanıt verilmedi", "yanıt yok", "yanıtsız", "cevapsız", "nem válaszolt", "neodpovedal/a", "nu a răspuns",
    "nu știe/nu răspunde", "δεν απαντήθηκε", "χωρίς απάντηση", "δγ/δα", "без ответа", "нет ответов", "не ответил",
    "не ответила", "без відповіді", "не відповів", "не відповіла", "ללא תשובה", "لا يوجد إجابة", "دون إجابة", "لا جواب", "لم تجب",
    "بدون پاسخ", "بی‌پاسخ", "پاسخ نداده", "कोई उत्तर नहीं", "tidak menjawab", "tidak ada jawaban", "không trả lời",
    "không có câu trả lời", "回答なし", "記入なし", "未記入", "無記入", "回答拒否", "未答", "拒答", "拒绝回答", "拒絕回答", "缺失值", "응답없음", "미응답",
    "응답 거부", "לא ענה", "לא ענתה", "לא השיב", "לא השיבה",
];
/// Beside a number for what is missing alone: elsewhere somebody says it.
#[rustfmt::skip]
pub(super) const BESIDE_NUMBER: &[&str] = &[
    "don't know", "do not know", "not applicable", "unsure", "weiß nicht", "weiss nicht", "ne sait pas", "no sabe",
    "non so", "non sa", "não sabe", "weet niet", "nie wiem", "neví", "vet ej", "ved ikke", "vet ikke", "en osaa sanoa",
    "не знаю", "わからない", "不知道",
];
/// The same, in columns that people answer in words alone: elsewhere they may be what was chosen.
#[rustfmt::skip]
pub(super) const IN_COLUMNS_OF_WORDS: &[&str] = &[
    "refused", "refusal", "unseen", "unanswered", "skipped", "verweigert", "fehlend", "entfällt", "o.a.", "o. a.",
    "b/d", "b.d.", "refus", "manquant", "rehúsa", "rifiuta", "mancante", "recusa", "geweigerd", "odmowa", "n/d", "n.d.",
    "nsnc", "dk/na", "dk/nr", "dk/ref", "dk/refused", "nsp/nr", "nsp/refus", "übersprungen", "unbeantwortet",
    "nicht erfasst", "nicht ermittelt", "not recorded", "not collected", "not provided", "unassigned", "n/r", "n.r.",
    "s/d", "s.d.", "s/r", "s.r.", "n/s", "n.s.", "n.s./n.c.", "ns-nc", "n.c.", "nsnr", "nr/ns", "non communiqué",
    "non précisé", "no consta", "non pervenuto", "não informado", "não declarado", "overgeslagen", "pominięto",
    "odmówił", "odmówiła", "bortfall", "överhoppad", "ikke oplyst", "ikke oppgitt", "ei tietoa", "neuvedeno",
    "neuvedené", "nincs adat", "nu există date", "atlandı", "reddetti", "belirtilmemiş", "нет данных", "отказ",
    "пропущено", "немає даних", "відмова", "אין נתונים", "סירב", "لا توجد بيانات", "رفض", "欠損", "缺失", "缺失數據", "결측",
    "inapplicable", "none given", "跳过", "跳過", "已跳过", "已跳過", "건너뜀", "スキップ", "تم التخطي", "דילג", "דולג",
];
/// What people type, too, each in their own way: a code where it fills a good part of columns of words, always in the
/// same spelling, and nothing like it stands beside it. In lower case.
#[rustfmt::skip]
pub(super) const WHERE_MANY: &[&str] = &[
    "n.v.t.", "n a", "nvt", "trifft nicht zu", "nicht zutreffend", "non concerné", "non concernée", "sans objet",
    "no aplica", "no procede", "non applicabile", "não se aplica", "niet van toepassing", "nie dotyczy", "ej aktuellt",
    "ikke relevant", "не применимо", "該当なし", "非該当", "不适用", "해당 없음", "no data", "dk", "prefer not to say",
    "prefer not to answer", "undefined", "nil", "false", "n.a.", ".", "*", "---", "--", "[]", "{}", "…", "...", "null",
    "skip", "not applicable", "not app.", "not relevant", "n.a.p.", "n/ap", "n.v.t", "nicht relevant",
    "nicht anwendbar", "non applicable", "non pertinent", "non pertinente", "s.o.", "s. o.", "s/o", "no aplicable",
    "no corresponde", "no relevante", "no pertinente", "non rilevante", "não aplicável", "não relevante",
    "niet relevant", "nie ma zastosowania", "inte relevant", "inte tillämpligt", "ej tillämpligt", "ej relevant",
    "inte aktuellt", "ikke aktuelt", "ikke aktuell", "ei sovellu", "ei koske", "uygulanamaz", "geçerli değil",
    "uygun değil", "netýká se", "neaplikovatelné", "netýka sa", "nem alkalmazható", "nem releváns", "nu se aplică",
    "nu este cazul", "δεν εφαρμόζεται", "μη εφαρμόσιμο", "δεν ισχύει", "неприменимо", "не относится",
    "не застосовується", "לא רלוונטי", "לא ישים", "لا ينطبق", "غير قابل للتطبيق", "مورد ندارد", "लागू नहीं", "該当せず",
    "対象外", "不適用", "해당없음", "không áp dụng", "tidak berlaku", "tidak relevan", "leer", "vide", "vacío", "vuoto", "vazio",
    "leeg", "puste", "boş", "blank", "empty", "no information", "not available", "illegible", "unreadable", "inaudible",
    "not legible", "illisible", "ilegible", "illeggibile", "ilegível", "onleesbaar", "nieczytelne", "oläslig",
    "oläsligt", "ulæselig", "uleselig", "nečitelné", "olvashatatlan", "ilizibil", "okunaksız", "неразборчиво", "判読不能",
    "unleserlich", "non disponible", "no disponible", "não disponível", "niet beschikbaar", "غير متوفر",
    "sin información", "sem informação", "brak informacji", "geen gegevens", "ingen uppgift", "missing data",
    "data missing", "information missing", "ontbreekt", "saknas", "puuttuu", "no especificado", "not specified",
    "bilgi yok", "nessun dato",
];
/// Of these, what people hardly type in their own words: a few cells are enough.
#[rustfmt::skip]
pub(super) const WHERE_A_FEW: &[&str] = &[
    "nie dotyczy", "nie ma zastosowania", "不适用", "不適用", "非該当", "не применимо", "неприменимо",
    "не застосовується", "non applicabile", "uygulanamaz",
];
/// Only in capitals; the first of them count everywhere.
#[rustfmt::skip]
pub(super) const CAPITALS: &[&str] = &[
    "NA", "N.A.", "NR", "N.R.", "N/R", "ND", "NSP", "KA", "EMPTY", "BLANK", "NI", "NASK", "UNK", "ASKU", "NAV", "NAVU",
    "MSK", "INV", "TRC", "NAP", "N.A.P.", "REF",
];
pub(super) const EVERYWHERE: usize = 2;
/// What counts within brackets alone: `(leer)`.
#[rustfmt::skip]
pub(super) const IN_BRACKETS: &[&str] = &[
    "blank", "empty", "leer", "vide", "vacío", "vacio", "vuoto", "vazio", "leeg", "puste", "空白", "boş", "tyhjä",
    "prázdné", "üres", "κενό", "пусто", "порожньо", "ריק", "فارغ", "خالی", "空", "なし", "빈칸", "trống", "kosong", "hidden",
    "null", "skipped", "skip", "跳过", "跳過", "略過", "스킵", "건너뜀", "スキップ", "übersprungen", "ignoré", "omitido", "omitida",
    "saltato", "saltata", "pulado", "pulada", "overgeslagen", "pominięte", "pominięto", "överhoppad", "atlandı",
    "пропущено", "تم التخطي",
];
