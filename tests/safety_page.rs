//! The page tells of the situations that are tried, and of no others.

#[path = "safety/table.rs"]
mod table;

#[test]
fn the_page_lists_every_situation_with_its_expectation_and_that_it_holds() {
    let page = include_str!("../docs/safety.md");
    let listed = table::on_page(page).expect("the two markers");
    let rows = listed.lines().filter(|line| line.starts_with("| ")).skip(1);
    let cells = |line: &str| {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>()
    };
    let rows: Vec<_> = rows.map(cells).collect();
    let printed: Vec<_> = rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
    assert_eq!(printed, table::ALL, "run SNAPSHOTS=overwrite cargo test --test safety");
    for row in rows {
        assert_eq!(row[2], "holds", "{}", row[0]);
        assert!(row[3].replace(',', "").parse::<usize>().is_ok_and(|runs| runs > 0), "{}", row[0]);
    }
}
