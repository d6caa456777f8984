//! Names of the parts people play, in many languages: roles wherever they start a line.
//!
//! In: nothing. Out: lists in lower case, for [`lexicon`](super::lexicon). It never decides anything. Words that
//! as often start a line for another reason, such as *question*, are not among them.

/// Who asks.
#[rustfmt::skip]
pub(super) const INTERVIEWERS: &[&str] = &[
    "interviewer", "moderator", "researcher", "facilitator", "assistant", "ai", "ai interviewer",
    "ai assistant", "interviewerin", "moderatorin", "intervieweur", "intervieweuse", "enquêteur", "enquêtrice",
    "entrevistador", "entrevistadora", "intervistatore", "intervistatrice", "المحاور", "المحاورة", "الباحث",
    "الباحثة", "onderzoeker", "onderzoekster", "interviewster", "gespreksleider", "intervjuare", "intervjuer",
    "forskare", "haastattelija", "badacz", "badaczka", "prowadzący", "prowadząca", "moderatorka", "ankieter",
    "ankieterka", "tazatel", "tazatelka", "výzkumník", "výzkumnice", "kérdező", "interjúkészítő",
    "intervievator", "intervievatoare", "görüşmeci", "araştırmacı", "araştirmaci", "investigador", "investigadora",
    "pesquisador", "pesquisadora", "ricercatore", "ricercatrice", "moderadora", "moderador", "chercheur",
    "chercheuse", "forscher", "forscherin", "συνεντευκτής", "συνεντεύκτρια", "ερευνητής", "ερευνήτρια",
    "интервьюер", "интервьюерка", "исследователь", "исследовательница", "модератор", "інтерв'юер", "інтерв’юер",
    "інтервʼюер", "дослідник", "дослідниця", "מראיין", "מראיינת", "חוקר", "חוקרת", "مصاحبه‌گر", "مصاحبه گر",
    "پژوهشگر", "साक्षात्कारकर्ता", "pewawancara", "peneliti", "người phỏng vấn", "访谈者", "访问者", "采访者", "主持人",
    "研究者", "訪談者", "訪問者", "採訪者", "インタビュアー", "聞き手", "調査者", "面接者", "司会者", "면담자", "연구자", "진행자", "인터뷰어",
    "访问员", "訪問員", "访谈员", "ผู้สัมภาษณ์", "ผู้ถาม", "ผู้วิจัย", "ผู้ดำเนินรายการ", "ispitivač", "ispitivačica", "anketar", "anketarka",
    "anketör", "mhoji", "mtafiti", "інтерв'юерка", "інтерв’юерка", "інтервʼюерка", "интервюер", "интервюерка",
    "intervjuista", "intervjuuja", "intervētājs", "interviuotojas", "onderhoudvoerder",
];

/// Who answers.
#[rustfmt::skip]
pub(super) const PARTICIPANTS: &[&str] = &[
    "participant", "respondent", "interviewee", "user", "human", "informant", "teilnehmer", "teilnehmerin",
    "befragter", "befragte", "interviewter", "interviewte", "participante", "entrevistado", "entrevistada",
    "enquêté", "enquêtée", "intervistato", "intervistata", "المشارك", "المشاركة", "deelnemer", "deelneemster",
    "geïnterviewde", "deltagare", "deltager", "deltaker", "intervjuperson", "haastateltava", "respondentka",
    "rozmówca", "rozmówczyni", "badany", "badana", "uczestnik", "uczestniczka", "účastník", "účastnice",
    "válaszadó", "interjúalany", "respondentă", "intervievat", "intervievată", "katılımcı", "katilimci", "informante",
    "partecipante", "répondant", "répondante", "interviewpartner", "interviewpartnerin", "συμμετέχων",
    "συμμετέχουσα", "ερωτώμενος", "ερωτώμενη", "респондент", "респондентка", "информант", "информантка",
    "участник", "участница", "інформант", "інформантка", "учасник", "учасниця", "מרואיין", "מרואיינת", "משתתף",
    "משתתפת", "مشارکت‌کننده", "مصاحبه‌شونده", "प्रतिभागी", "उत्तरदाता", "informan", "narasumber", "responden",
    "người trả lời", "受访者", "被访者", "被访谈者", "参与者", "受訪者", "被訪者", "參與者", "回答者", "語り手", "参加者", "協力者", "話し手", "참여자",
    "응답자", "면담대상자", "ผู้ให้สัมภาษณ์", "ผู้ถูกสัมภาษณ์", "ผู้ให้ข้อมูล", "ผู้ตอบ", "ผู้เข้าร่วม", "ispitanik", "ispitanica", "sudionik",
    "sudionica", "sugovornik", "sugovornica", "mhojiwa", "yanıtlayan", "görüşülen",
];

/// Who is there and does neither.
#[rustfmt::skip]
pub(super) const OTHERS: &[&str] = &[
    "observer", "note taker", "notetaker", "note-taker", "transcriber", "interpreter", "unnamed speaker",
];

/// The same, of words that also begin ordinary lines, or name what somebody does who is asked about it.
#[rustfmt::skip]
pub(super) const STANDING_BY: &[&str] = &[
    "notes", "system", "tool", "translator", "technician", "operator", "court reporter", "stenographer", "scribe",
    "dolmetscher", "dolmetscherin", "übersetzer", "übersetzerin", "protokollant", "protokollantin",
    "protokollführer", "protokollführerin", "interprète", "traducteur", "traductrice", "intérprete", "traductor",
    "traductora", "interprete", "traduttore", "traduttrice", "tradutor", "tradutora", "tolk", "vertaler",
    "vertaalster", "notulist", "tłumacz", "tłumaczka", "tlumočník", "tlumočnice", "tulkki", "kääntäjä", "tolmács",
    "fordító", "tercüman", "çevirmen", "διερμηνέας", "переводчик", "переводчица", "перекладач", "перекладачка",
    "מתורגמן", "מתורגמנית", "المترجم", "المترجمة", "翻译", "口译员", "翻譯", "通訳", "통역", "통역사",
];
