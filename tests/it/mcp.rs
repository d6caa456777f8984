//! `leitmotif mcp` as a client sees it: lines in, lines out. `tests/python/mcp_client.py` asks with somebody else's
//! client.

use serde_json::{Value, json};

use crate::common::{leitmotif, project};

const ANALYSIS: &str = "tests/fixtures/analysis-v1";

/// What the program answers to these lines, after which the input ends.
fn answers(lines: &[&str]) -> Vec<Value> {
    let output = leitmotif()
        .args(["mcp"])
        .arg(project(ANALYSIS))
        .write_stdin(lines.join("\n"))
        .assert()
        .success()
        .stderr("")
        .get_output()
        .stdout
        .clone();
    let text = String::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn call(tool: &str, arguments: Value) -> Value {
    let request = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "arguments": arguments },
    });
    let found = answers(&[&request.to_string()]).remove(0);
    assert_eq!(found["result"]["isError"], false, "{found}");
    serde_json::from_str(found["result"]["content"][0]["text"].as_str().unwrap()).unwrap()
}

#[test]
fn a_conversation_from_the_introduction_to_a_quote() {
    let said = answers(&[
        r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        r#"{"jsonrpc":"2.0","id":"p","method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#,
    ]);
    assert_eq!(said.len(), 3, "a notification has no answer");
    assert_eq!(said[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(said[0]["result"]["serverInfo"]["name"], "leitmotif");
    assert_eq!((&said[1]["id"], &said[1]["result"]), (&json!("p"), &json!({})));
    let names: Vec<&str> =
        said[2]["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["counts", "list_themes", "quotes", "search", "compare"]);
    let summary: Value =
        serde_json::from_slice(&std::fs::read(project(ANALYSIS).join("analysis.json")).unwrap()).unwrap();
    let theme =
        &summary["sections"].as_array().unwrap().iter().find(|s| !s["themes"][0].is_null()).unwrap()["themes"][0];
    let found = call("quotes", json!({ "theme": theme["id"] }));
    assert_eq!(found["participants"], theme["prevalence"]["participants"]);
    assert_eq!(found["quotes"][0]["text"], theme["quotes"][0]["text"]);
    assert_eq!(found["quotes"][0]["position"]["start"], theme["quotes"][0]["position"]["start"]);
}

#[test]
fn a_version_that_is_not_spoken_is_answered_with_the_newest_that_is() {
    for asked in ["2099-01-01", ""] {
        let request = json!({
            "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": asked },
        });
        assert_eq!(answers(&[&request.to_string()])[0]["result"]["protocolVersion"], "2025-11-25");
    }
}

#[test]
fn wrong_messages_get_the_standards_errors_and_the_next_is_answered() {
    let long = format!(r#"{{"jsonrpc":"2.0","id":9,"method":"{}"}}"#, "x".repeat(2 << 20));
    let lines = [
        "{",
        "",
        r#"{"jsonrpc":"2.0","id":3,"method":"resources/list"}"#,
        r#"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"rm","arguments":{}}}"#,
        r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"arguments":{}}}"#,
        long.as_str(),
        r#"[{"jsonrpc":"2.0","id":6,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},1]"#,
        r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"quotes","arguments":{"theme":"Q9.9"}}}"#,
        r#"{"jsonrpc":"2.0","id":8,"method":"ping"}"#,
    ];
    let said = answers(&lines);
    let codes: Vec<i64> = said.iter().map(|one| one["error"]["code"].as_i64().unwrap_or(0)).collect();
    assert_eq!(codes, [-32700, -32601, -32602, -32602, -32600, 0, 0, 0]);
    assert_eq!(said[5].as_array().unwrap().len(), 2);
    assert_eq!(said[5][1]["error"]["code"], -32600);
    let refused = &said[6]["result"];
    assert_eq!(refused["isError"], true);
    assert!(refused["content"][0]["text"].as_str().unwrap().contains("hint: `list_themes`"), "{refused}");
    assert_eq!(said[7]["id"], 8);
}

#[test]
fn hostile_names_are_harmless_on_the_line_and_whole_for_who_reads_the_json() {
    let folder = tempfile::tempdir().unwrap();
    let name = "eve\u{202e}\u{1b}[2J\u{200b}";
    let rows: Vec<String> = (0..20)
        .map(|at| {
            let id = if at == 0 { name.to_string() } else { format!("p{at}") };
            let answer =
                format!("The rota app number {at} saves me the telephone, \u{1b}]0;x\u{7} and I can plan my week.");
            serde_json::to_string(&json!({ "id": id, "answer": answer })).unwrap()
        })
        .collect();
    std::fs::write(folder.path().join("in.jsonl"), rows.join("\n")).unwrap();
    let run = folder.path().join("run");
    leitmotif()
        .args(["themes", "--stability", "0", "-q", "--no-cache"])
        .arg(folder.path().join("in.jsonl"))
        .arg("-o")
        .arg(&run)
        .assert()
        .success();
    let ask = |line: &str| {
        let output = leitmotif().arg("mcp").arg(&run).write_stdin(line).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let line = ask(
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"words":"rota","limit":200}}}"#,
    );
    let steers = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'));
    assert!(!line.contains(steers));
    let answer: Value = serde_json::from_str(&line).unwrap();
    let text = answer["result"]["content"][0]["text"].as_str().unwrap();
    assert!(!text.contains(steers), "{text}");
    let found: Value = serde_json::from_str(text).unwrap();
    assert_eq!((&found["total"], &found["participants"]), (&json!(20), &json!(20)));
    let people: Vec<&str> =
        found["passages"].as_array().unwrap().iter().map(|row| row["participant"].as_str().unwrap()).collect();
    // Marks that are not seen tell nobody from another.
    assert!(people.contains(&"eve\u{1b}[2J"), "{people:?}");
    assert!(found["passages"][0]["text"].as_str().unwrap().contains('\u{7}'));
    let refused = ask(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"quotes\",\"arguments\":{\"theme\":\"\\u001b[2J\\u202e\"}}}",
    );
    assert!(!refused.contains(steers) && !refused.contains("\\u001b") && refused.contains("no theme"), "{refused}");
}

#[test]
fn a_folder_that_is_no_analysis_is_refused_before_anything_is_read() {
    let message = crate::common::failure(leitmotif().arg("mcp").arg(project("data")).write_stdin("{"), 1);
    assert!(message.contains("is not an analysis folder") && message.contains("hint:"), "{message}");
}

#[test]
fn a_server_that_is_started_again_replaces_its_own_check_list_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    std::fs::create_dir(&run).unwrap();
    for name in ["analysis.json", "answers.parquet", "codebook.toml", "vectors.npy"] {
        std::fs::copy(project(ANALYSIS).join(name), run.join(name)).unwrap();
    }
    let list = folder.path().join("check.csv");
    let start = || {
        let mut command = leitmotif();
        command.arg("mcp").arg(&run).args(["--pseudonyms", "--checklist"]).arg(&list).write_stdin("");
        command
    };
    start().assert().success();
    let first = std::fs::read(&list).unwrap();
    assert!(first.starts_with(b"unit,kind,text,place"));
    start().assert().success();
    assert_eq!(std::fs::read(&list).unwrap(), first);
    std::fs::write(&list, "what I must not lose").unwrap();
    let message = crate::common::failure(&mut start(), 2);
    assert!(message.contains("is no check list") && message.contains("`--checklist`"), "{message}");
    assert!(!message.contains("--force"), "which there is none of: {message}");
    assert_eq!(std::fs::read(&list).unwrap(), b"what I must not lose");
}
