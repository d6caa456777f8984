//! Words by which people open what they say next, in several languages: `Ergebnis: …`, `Bref : …`, `Twelve: …`
//!
//! In: a label in the form in which labels are compared. Out: whether it is such a word, beside those that
//! [`lexicon`](super::super::lexicon) has for headings. Words that are names, too, as `Freitag`
//! and `Nine`, are none, nor is a word for somebody who speaks.

/// What comes of something, what it shows, what it is an instance of, and in what order; numbers and days.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "outcome", "effect", "effects", "consequence", "consequences", "verdict", "upshot", "bottom line", "in short",
    "in brief", "meanwhile", "however", "instead", "therefore", "one", "two", "three", "four", "five", "six", "eight",
    "ten", "eleven", "twelve", "twenty", "hundred", "sixth", "seventh", "eighth", "ninth", "tenth", "zero", "half",
    "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "ergebnis", "ergebnisse",
    "folge", "folgen", "schluss", "schlussfolgerung", "wirkung", "auswirkung", "beispiele", "zum beispiel", "kurzum",
    "kurz gesagt", "gründe", "ursache", "problem", "probleme", "lösung", "lösungen", "ziele", "thema", "themen",
    "vorteil", "nachteil", "tipp", "tipps", "erstens", "zweitens", "drittens", "viertens", "fünftens", "zuerst",
    "zunächst", "danach", "schließlich", "außerdem", "heute", "gestern", "früher", "damals", "dienstag", "mittwoch",
    "donnerstag", "montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "morgens", "mittags",
    "abends", "nachts", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
    "zwölf", "positiv", "negativ", "wichtig", "achtung", "also", "nur", "trotzdem", "stattdessen", "résultat",
    "résultats", "conséquence", "conséquences", "effet", "effets", "morale", "bref", "en bref", "en somme", "au final",
    "exemples", "par exemple", "raison", "raisons", "problème", "problèmes", "solution", "but", "objectif", "objectifs",
    "avantage", "inconvénient", "conseil", "premièrement", "deuxièmement", "troisièmement", "d'abord", "ensuite",
    "puis", "enfin", "finalement", "aujourd'hui", "demain", "avant", "après", "lundi", "mardi", "mercredi", "jeudi",
    "vendredi", "samedi", "dimanche", "matin", "midi", "soir", "nuit", "deux", "trois", "quatre", "cinq", "huit",
    "neuf", "dix", "onze", "douze", "positif", "négatif", "important", "resultado", "resultados", "consecuencia",
    "consecuencias", "efecto", "efectos", "conclusión", "conclusiones", "moraleja", "ejemplos", "por ejemplo",
    "en resumen", "en fin", "total", "razón", "razones", "motivo", "motivos", "problema", "problemas", "solución",
    "soluciones", "objetivo", "objetivos", "ventaja", "desventaja", "consejo", "primero", "segundo", "tercero", "luego",
    "después", "entonces", "finalmente", "por último", "además", "hoy", "ayer", "mañana", "antes", "ahora", "lunes",
    "martes", "miércoles", "jueves", "viernes", "sábado", "sábados", "uno", "tres", "cuatro", "cinco", "seis", "siete",
    "ocho", "nueve", "diez", "once", "doce", "positivo", "negativo", "importante", "consequência", "consequências",
    "efeito", "efeitos", "conclusão", "conclusões", "moral da história", "exemplo", "exemplos", "por exemplo",
    "em resumo", "enfim", "razão", "razões", "solução", "soluções", "vantagem", "vantagens", "desvantagem",
    "desvantagens", "conselho", "dica", "primeiro", "terceiro", "depois", "então", "por fim", "hoje", "ontem", "amanhã",
    "agora", "segunda", "terça", "quarta", "quinta", "sexta", "segunda-feira", "terça-feira", "quarta-feira",
    "quinta-feira", "sexta-feira", "dois", "quatro", "sete", "oito", "nove", "dez", "doze", "risultato", "risultati",
    "conseguenza", "conseguenze", "effetto", "effetti", "conclusione", "conclusioni", "esempio", "esempi",
    "per esempio", "insomma", "in breve", "in sintesi", "motivi", "ragione", "problemi", "soluzione", "soluzioni",
    "obiettivo", "obiettivi", "vantaggio", "vantaggi", "svantaggio", "svantaggi", "consiglio", "secondo", "terzo",
    "poi", "dopo", "infine", "allora", "oggi", "ieri", "domani", "adesso", "lunedì", "martedì", "mercoledì", "giovedì",
    "venerdì", "due", "tre", "quattro", "cinque", "sette", "dieci", "undici", "dodici", "resultaat", "resultaten",
    "gevolg", "gevolgen", "effecten", "conclusie", "conclusies", "moraal", "voorbeeld", "voorbeelden", "bijvoorbeeld",
    "kortom", "samengevat", "reden", "redenen", "oorzaak", "probleem", "problemen", "oplossing", "oplossingen", "doel",
    "doelen", "voordeel", "voordelen", "nadeel", "nadelen", "ten eerste", "ten tweede", "ten derde", "eerst", "daarna",
    "vervolgens", "tenslotte", "ten slotte", "vandaag", "gisteren", "vroeger", "maandag", "dinsdag", "woensdag",
    "donderdag", "vrijdag", "zaterdag", "zondag", "een", "twee", "drie", "vijf", "zes", "zeven", "negen", "tien",
    "twaalf", "positief", "negatief", "belangrijk", "wynik", "wyniki", "efekt", "efekty", "skutek", "skutki", "wniosek",
    "wnioski", "morał", "przykład", "przykłady", "na przykład", "krótko mówiąc", "jednym słowem", "powód", "powody",
    "przyczyna", "rozwiązanie", "cel", "cele", "zaleta", "zalety", "wada", "wady", "po pierwsze", "po drugie",
    "po trzecie", "najpierw", "potem", "następnie", "wreszcie", "dzisiaj", "dziś", "wczoraj", "jutro", "teraz",
    "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "niedziela", "jeden", "dwa", "trzy", "cztery", "pięć",
    "sześć", "siedem", "osiem", "dziewięć", "dziesięć", "ważne", "resultat", "följd", "följder", "slutsats",
    "slutsatser", "sensmoral", "exempel", "till exempel", "kort sagt", "orsak", "orsaker", "skäl", "lösning",
    "lösningar", "mål", "fördel", "fördelar", "nackdel", "nackdelar", "för det första", "för det andra", "först",
    "sedan", "därefter", "slutligen", "idag", "igår", "imorgon", "förr", "måndag", "tisdag", "onsdag", "torsdag",
    "fredag", "lördag", "söndag", "ett", "två", "fyra", "fem", "sju", "åtta", "nio", "tio", "tolv", "konklusion",
    "konklusjon", "eksempel", "eksempler", "for eksempel", "årsag", "årsak", "løsning", "fordel", "ulempe", "først",
    "derefter", "deretter", "til sidst", "til slutt", "mandag", "tirsdag", "lørdag", "søndag", "tulos", "johtopäätös",
    "esimerkki", "esimerkiksi", "ensin", "sitten", "lopuksi", "výsledek", "závěr", "příklad", "například", "za prvé",
    "eredmény", "következtetés", "példa", "például", "először", "sonuç", "örnek", "örneğin", "kısacası", "birinci",
    "birincisi", "ikincisi", "rezultat", "rezultatul", "concluzie", "concluzia", "exemplu", "результат", "итог",
    "вывод", "пример", "например", "причина", "проблема", "во-первых", "во-вторых", "висновок", "приклад", "наприклад",
    "αποτέλεσμα", "συμπέρασμα", "παράδειγμα", "honestly", "frankly", "第一", "第二", "第三", "第四", "第五", "首先", "其次",
    "最后", "最後", "总之", "一", "二", "三", "一つ目", "二つ目", "三つ目", "まず", "次に", "첫째", "둘째", "셋째", "넷째",
    "أولا", "أولاً", "ثانيا", "ثانياً", "ثالثا", "ثالثاً", "رابعا", "رابعاً", "أخيرا", "أخيراً", "اولا",
    "ראשית", "שנית", "שלישית", "पहला", "दूसरा", "तीसरा",
];

/// Whether a key is such a word.
pub(super) fn is_one(key: &str) -> bool {
    OPENERS.contains(&key) || key.split_once(' ').is_some_and(|(first, _)| SALUTATIONS.contains(&first))
}

/// Words that letters begin with, before a name: `Dear Mr Reed: …`
#[rustfmt::skip]
const SALUTATIONS: &[&str] = &[
    "dear", "liebe", "lieber", "chère", "chers", "querido", "querida", "estimado", "estimada", "prezado", "prezada",
    "gentile", "egregio", "beste", "geachte", "bästa", "käre", "kära", "szanowny", "szanowna", "sayın",
];

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;
    use super::*;

    const TALK: &str = "Anna: How was it?\n\nKim: Like so, as ever.\n\nAnna: And then?\n\nKim: It rained.\n\n{}\n\n\
                        Anna: What else?\n\nKim: No more of it.\n\nAnna: And now?\n\nKim: Three of us.";

    /// How many turns a talk has with a paragraph, and how much is told.
    fn found(said: &str) -> (usize, usize) {
        let read = read(&TALK.replace("{}", said), &Names::default()).unwrap_or_default();
        (read.stretches.len(), read.remarks.len())
    }

    #[test]
    fn a_word_that_opens_a_paragraph_is_nobody_in_any_language() {
        for word in ["Twelve", "Kortom", "Morale", "Efekt", "Resultado", "Slutsats", "Ergebnis", "Montags", "Bref"] {
            assert_eq!(found(&format!("{word}: twelve of them.")), (8, 0), "{word}");
            assert_eq!(found(&format!("{word}: Twelve of them.")), (8, 0), "{word}");
        }
        assert_eq!(found("Dear Mr Reed: Your order is ready."), (8, 0));
    }

    #[test]
    fn a_name_is_no_such_word() {
        for name in ["Nina", "Bente", "Pedro", "Erika", "Neto", "Nine", "Freitag", "Kurz", "Domingos"] {
            assert!(!is_one(&name.to_lowercase()), "{name}");
            assert_eq!(found(&format!("{name}: Twelve of them.")), (9, 1), "{name}");
        }
    }
}
