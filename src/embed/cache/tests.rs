use super::*;

fn model() -> ModelIdentity {
    ModelIdentity {
        name: "m".into(),
        blake3: "b".into(),
        dimensions: 3,
        window: 8,
        pooling: "mean".into(),
        prefix: String::new(),
        device: String::new(),
    }
}

fn vector() -> TextVector {
    TextVector { values: vec![0.25, -1.0, f32::MIN_POSITIVE], pieces: 2 }
}

#[test]
fn a_vector_comes_back_bit_by_bit() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    cache.put_all(&model(), [("a text", &vector())].into_iter());
    assert_eq!(cache.get_all(&model(), &["a text", "another"]), vec![Some(vector()), None]);
    assert!(cache.warnings().is_empty());
}

#[test]
fn two_runs_share_one_cache() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Cache::open(folder.path()), Cache::open(folder.path()));
    one.put_all(&model(), [("from one", &vector())].into_iter());
    two.put_all(&model(), [("from two", &vector())].into_iter());
    assert!(one.get_all(&model(), &["from two"])[0].is_some());
    assert!(two.get_all(&model(), &["from one"])[0].is_some());
}

#[test]
fn a_damaged_file_is_set_aside_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), b"not a database at all, but longer than its header").unwrap();
    let cache = Cache::open(folder.path());
    assert!(cache.warnings()[0].contains("damaged"), "{:?}", cache.warnings());
    cache.put_all(&model(), [("a text", &vector())].into_iter());
    assert!(cache.get_all(&model(), &["a text"])[0].is_some());
    assert!(folder.path().join("vectors.redb.damaged").exists());
}

#[test]
fn no_folder_is_no_failure() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let cache = Cache::open(&file.path().join("below a file"));
    assert_eq!(cache.get_all(&model(), &["a text"]), vec![None]);
    assert!(!cache.warnings().is_empty());
}

/// Texts that are stored `at_once` in one transaction, with vectors of 384 dimensions.
fn fill(cache: &Cache, texts: std::ops::Range<usize>, at_once: usize) -> ModelIdentity {
    let model = ModelIdentity { dimensions: 384, ..model() };
    let vector = TextVector { values: vec![0.5; 384], pieces: 1 };
    let texts: Vec<String> = texts.map(|i| format!("text {i}")).collect();
    for some in texts.chunks(at_once) {
        cache.put_all(&model, some.iter().map(|text| (text.as_str(), &vector)));
    }
    assert_eq!(cache.warnings(), Vec::<String>::new());
    model
}

#[test]
fn the_file_stays_within_its_limit_and_keeps_what_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = Cache::open(folder.path());
    let limit = 16 << 20;
    cache.set_limit(limit);
    let model = fill(&cache, 0..20, 20);
    let used: Vec<String> = (0..20).map(|i| format!("text {i}")).collect();
    let used: Vec<&str> = used.iter().map(String::as_str).collect();
    for start in (20..20_000).step_by(1000) {
        fill(&cache, start..start + 1000, 250);
        assert!(cache.get_all(&model, &used).iter().all(Option::is_some), "lost after {start}");
        let size = cache.size().unwrap();
        assert!(size.bytes <= limit, "{size:?}");
    }
    assert!(cache.get_all(&model, &["text 20"])[0].is_none());
    let size = cache.size().unwrap();
    assert!(size.vectors > 2000 && size.limit == limit, "{size:?}");
}

#[test]
fn a_smaller_limit_and_clearing_give_room_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = Cache::open(folder.path());
    let model = fill(&cache, 0..6000, 2000);
    let before = cache.size().unwrap();
    assert_eq!((before.vectors, before.limit), (6000, DEFAULT_LIMIT));
    cache.set_limit(6 << 20);
    let after = cache.size().unwrap();
    assert!(after.bytes <= 6 << 20, "{after:?}");
    assert!(after.vectors > 500 && after.limit == 6 << 20, "{after:?}");
    fill(&cache, 6000..6010, 10);
    assert!(cache.get_all(&model, &["text 6000"])[0].is_some());
    drop(cache);
    let mut cache = Cache::open(folder.path());
    assert_eq!(cache.size().unwrap().limit, 6 << 20, "the limit is kept");
    cache.clear();
    let empty = cache.size().unwrap();
    assert_eq!((empty.vectors, empty.limit), (0, 6 << 20));
    assert!(empty.bytes < after.bytes, "{empty:?}");
    assert_eq!(cache.warnings(), Vec::<String>::new());
}

#[test]
fn another_prefix_or_device_is_another_vector() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    cache.put_all(&model(), [("a text", &vector())].into_iter());
    let prefixed = ModelIdentity { prefix: "query: ".into(), ..model() };
    let on_a_card = ModelIdentity { device: "cuda".into(), ..model() };
    for other in [prefixed, on_a_card] {
        assert_eq!(cache.get_all(&other, &["a text"]), vec![None]);
    }
}

#[test]
fn an_answer_is_read_with_its_request_and_not_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    cache.put_all(&model(), [("what was said", &vector())].into_iter());
    cache.put_answer(b"what was said", "confidential words, \u{e4} too");
    let known = cache.answers(&[b"what was said".to_vec(), b"another".to_vec()]);
    assert_eq!(known, [Some("confidential words, \u{e4} too".to_string()), None]);
    assert_eq!(cache.get_all(&model(), &["what was said"]), vec![Some(vector())]);
    assert_eq!(cache.size().unwrap().vectors, 2);
    drop(cache);
    let bytes = fs::read(folder.path().join(FILE)).unwrap();
    assert!(!bytes.windows(12).any(|window| window == b"confidential"));
    let mut cache = Cache::open(folder.path());
    cache.clear();
    assert_eq!(cache.answers(&[b"what was said".to_vec()]), [None]);
}

#[test]
fn no_text_is_stored() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    cache.put_all(&model(), [("confidential words", &vector())].into_iter());
    drop(cache);
    let bytes = fs::read(folder.path().join(FILE)).unwrap();
    assert!(!bytes.windows(12).any(|window| window == b"confidential"));
}
