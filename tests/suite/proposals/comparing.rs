//! The comparison: what its address asks for, and what it says.
use diesel::connection::SimpleConnection;

use super::site_with_open_project;
use crate::support::browser::Browser;
use crate::support::given::OpenProject;
use crate::support::page::Page;

fn compare(browser: &Browser, project: &OpenProject, query: &str) -> Page {
    let page = browser.get(&format!("/projects/{}/proposals{query}", project.id));
    assert_eq!(page.status, 200, "{query}: {}", page.says());
    page
}

#[test]
fn chosen_proposals_stand_side_by_side_in_the_order_of_any_row() {
    let (site, database, project) = site_with_open_project(6);
    let sql = format!(
        "UPDATE proposals SET days = 5, start_on = '2027-01-04' WHERE id = {}; UPDATE proposals SET start_on = '2027-03-01' WHERE id = {}",
        project.proposals[3], project.proposals[1]
    );
    database.connect().batch_execute(&sql).expect("dates");
    let browser = site.signed_in(&project.organisation.viewer.email);
    let chosen = format!("?p={}&p={}&p={}", project.proposals[3], project.proposals[1], project.proposals[0]);
    let page = compare(&browser, &project, &chosen);
    assert_eq!(page.text("h1"), "Compare 3 proposals");
    let names = |query: &str| compare(&browser, &project, &format!("{chosen}{query}")).texts("thead b");
    let (ada, ivo, sami) = ("Ada Byron", "Ivo Tanaka", "Sami Haddad");
    assert_eq!(names(""), [ada, ivo, sami]);
    assert_eq!(names("&sort=-price"), [sami, ivo, ada]);
    assert_eq!(names("&sort=days"), [sami, ada, ivo]);
    assert_eq!(names("&sort=finish"), [sami, ivo, ada], "whoever names no start comes last");
    assert_eq!(names("&sort=-finish"), [ivo, sami, ada], "either way round");
    assert_eq!(names("&sort=day"), [ada, ivo, sami], "less a day, though it takes longer");
    for row in page.each(".sorter", |link| link.attr("href").map(str::to_owned)) {
        assert_eq!(browser.get(&row.expect("a link")).texts("thead b").len(), 3);
    }
    assert!(
        page.says().contains("Soonest finish") && page.says().contains("€1,260.00 a day") && page.says().contains("No contract here yet")
    );
    let less = browser.get(&page.attribute("thead th a.hint", "href").expect("a way to leave one out"));
    assert_eq!(less.texts("thead b").len(), 2);
}

#[test]
fn many_are_a_list_to_choose_from() {
    let (site, database, project) = site_with_open_project(45);
    database.connect().batch_execute("UPDATE proposals SET days = 30 WHERE id % 2 = 0").expect("days");
    let manager = site.signed_in(&project.organisation.manager.email);
    let page = compare(&manager, &project, "");
    assert_eq!(page.text("h1"), "45 proposals");
    assert_eq!(page.texts(".offers > li").len(), 20);
    let next = |page: &Page| manager.follow(manager.submit(page, ".pages button[value*='after=']", &[]));
    let second = next(&page);
    let third = next(&second);
    let ids = |page: &Page| page.each(".offers input[name=p]", |input| input.attr("value").unwrap_or_default().to_owned());
    let all: std::collections::BTreeSet<_> = [&page, &second, &third].into_iter().flat_map(&ids).collect();
    assert_eq!((all.len(), ids(&third).len(), third.has(".pages button[value*='after=']")), (45, 5, false));
    assert!(page.texts(".best").contains(&"Lowest price".to_owned()) && !second.has(".best"), "the best of all, not of each page");

    let picks = ids(&page);
    assert_eq!(page.text(".choose button:not([name])"), "Compare chosen");
    let picked = compare(&manager, &project, &format!("?p={}&p={}", picks[2], picks[0]));
    assert_eq!(picked.text("h1"), "Compare 2 proposals");
    let six: Vec<_> = picks.iter().take(6).map(|id| format!("p={id}")).collect();
    let many = compare(&manager, &project, &format!("?{}", six.join("&")));
    assert!(many.texts("thead b").len() == 5 && many.says().contains("Five stand side by side at most"), "{}", many.says());
    let all = compare(&manager, &project, "?p=all&sort=sent");
    assert_eq!((all.texts("thead b").len(), all.has("a[rel=next]")), (20, true));
    for odd in ["?p=1&p=999999", "?after=7", "?p=x&show=%00&sort=-&after=-3"] {
        assert_eq!(compare(&manager, &project, odd).texts(".offers > li").len(), 20, "{odd}");
    }
}

#[test]
fn what_is_chosen_travels_from_page_to_page_and_through_filters() {
    let (site, _database, project) = site_with_open_project(45);
    let manager = site.signed_in(&project.organisation.manager.email);
    let press = |page: &Page, button: &str, ticks: &[String]| {
        let ticks: Vec<_> = ticks.iter().map(|id| ("p", id.as_str())).collect();
        manager.follow(manager.submit(page, button, &ticks))
    };
    let ids = |page: &Page| page.each(".offers input[name=p]", |input| input.attr("value").unwrap_or_default().to_owned());
    let ticked = |page: &Page| {
        let mut ids = page.each("input[name=p][checked]", |input| input.attr("value").unwrap_or_default().to_owned());
        ids.sort();
        ids
    };
    let (next, first) = (".pages button[value*='after=']", ".pages button[value='']");
    let page = compare(&manager, &project, "");
    assert_eq!(page.text("[data-picks]"), "None of 5 chosen");
    let mine = [ids(&page)[3].clone(), ids(&page)[1].clone()];
    let second = press(&page, next, &mine);
    assert_eq!((second.text("[data-picks]"), second.texts(".picks label").len()), ("2 of 5 chosen".to_owned(), 2));
    assert!(second.path.contains("view=list") && !second.path.contains("go="), "an address to share: {}", second.path);
    let mut more: Vec<_> = mine.iter().chain([&ids(&second)[0], &ids(&second)[1]]).cloned().collect();
    more.sort();
    let third = press(&second, next, &more);
    assert_eq!(ticked(&third), more);
    let other_order = press(&third, "nav[aria-label^='Order'] button[value*='sort=days']", &more);
    let filtered = press(&other_order, "nav[aria-label='Which proposals'] button[value*='show=shortlisted']", &ticked(&other_order));
    assert_eq!(ticked(&filtered), more, "though none of them is shown");
    assert!(filtered.says().contains("Nothing here") && filtered.path.contains("sort=days"), "{}", filtered.says());
    let back =
        press(&filtered, first.replace("''", "'sort=days'").replace(".pages", "nav[aria-label='Which proposals']").as_str(), &more[..3]);
    assert_eq!(ticked(&back).len(), 3, "one was unticked");
    let all = compare(&manager, &project, &format!("?{}", more.iter().map(|id| format!("p={id}")).collect::<Vec<_>>().join("&")));
    let compared = manager.submit(&third, ".choose button:not([name])", &[]);
    assert_eq!((compared.text("h1"), compared.texts("thead b")), (all.text("h1"), all.texts("thead b")));
    let again = manager.get(
        &compared
            .each("main .row a", |link| link.attr("href").map(str::to_owned))
            .into_iter()
            .flatten()
            .find(|to| to.contains("view=list"))
            .expect("a way to choose others"),
    );
    assert_eq!(ticked(&again).len(), 4);

    let six: Vec<_> = more.iter().chain(ids(&third)[..2].iter()).cloned().collect();
    let full = press(&third, first, &six);
    assert_eq!(full.text("[data-picks]"), "5 of 5 chosen");
    assert!(full.text(".note.heed").contains("was not added: five others were chosen before"), "{}", full.says());
    assert!(!ticked(&full).contains(&six[5]));
    let mark = full.attribute("#marks input[name=back]", "value").expect("the way back");
    assert!(mark.contains("view=list") && mark.contains(&format!("p={}", six[0])), "marks come back to the ticks: {mark}");
}

#[test]
fn filters_count_what_they_show_and_marks_come_back_to_their_place() {
    let (site, _database, project) = site_with_open_project(8);
    let manager = site.signed_in(&project.organisation.manager.email);
    let list = compare(&manager, &project, "?sort=-price");
    let mark = |value: &str, place: usize| {
        let address = format!("/proposals/{}/mark", project.proposals[place]);
        let button = format!("button[formaction='{address}'][value={value}]");
        assert!(list.has(&button), "{button}");
        let back = list.attribute("#marks input[name=back]", "value").expect("the way back");
        manager.post(&address, &[("mark", value), ("back", &back)]).location().to_owned()
    };
    assert_eq!(mark("shortlist", 2), format!("/projects/{}/proposals?sort=-price#p{}", project.id, project.proposals[2]));
    mark("shortlist", 5);
    mark("archive", 0);
    manager.post(&format!("/proposals/{}/decline", project.proposals[7]), &[("reason", "No."), ("version", "1")]).location();
    let page = compare(&manager, &project, "");
    assert_eq!(
        page.texts("nav[aria-label='Which proposals'] button"),
        ["Not archived 7", "Shortlisted 2", "Pending 6", "Not selected 1", "Archived 1", "All 8"]
    );
    assert_eq!(page.texts(".offers > li").len(), 7);
    for (query, count) in [("shortlisted", 2), ("pending", 6), ("declined", 1), ("archived", 1), ("all", 8)] {
        let shown = compare(&manager, &project, &format!("?show={query}&sort=marks"));
        assert_eq!(shown.texts(".offers > li").len() + shown.texts("thead b").len(), count, "{query}");
    }
    let tinted = compare(&manager, &project, "?show=shortlisted");
    assert_eq!(tinted.texts("thead th.short").len(), 2);
    let off = manager.follow(manager.submit(
        &tinted,
        &format!("form[action='/proposals/{}/mark'] button[value=unshortlist]", project.proposals[2]),
        &[],
    ));
    assert_eq!(off.texts("thead b").len(), 1, "back where it was: {}", off.says());
}

#[test]
fn the_file_says_what_the_page_says_and_holds_no_formula() {
    let (site, database, project) = site_with_open_project(6);
    let sql = format!(
        "UPDATE users SET name = '=HYPERLINK(\"http://evil.example\")' WHERE id = {};
         UPDATE projects SET questions = ARRAY['Why, \"you\"?'];
         UPDATE proposals SET questions = ARRAY['Why, \"you\"?'], answers = ARRAY[E'@me\\nand my tools'], start_on = '2027-01-04'",
        project.freelancers[1].id
    );
    database.connect().batch_execute(&sql).expect("odd words");
    let finance = site.signed_in(&project.organisation.finance.email);
    let page = compare(&finance, &project, "?sort=-price");
    let file = finance.get(&page.attribute("a[href*='.csv']", "href").expect("the file"));
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"PRJ-{}-proposals.csv\"", project.id));
    let text = file.html.strip_prefix('\u{FEFF}').expect("the mark of UTF-8");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let heads = rows.headers().expect("heads").clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("{name} in {heads:?}"));
    let rows: Vec<_> = rows.records().map(|row| row.expect("a whole row")).collect();
    let column = |name: &str| rows.iter().map(|row| row[at(name)].to_owned()).collect::<Vec<_>>();
    assert_eq!(column("Price"), ["6500.00", "6400.00", "6300.00", "6200.00", "6100.00", "6000.00"]);
    assert_eq!(column("Freelancer")[4], "'=HYPERLINK(\"http://evil.example\")");
    assert_eq!(column("Why, \"you\"?")[0], "'@me\nand my tools");
    assert_eq!(
        (column("Can start")[0].as_str(), column("Done by")[0].as_str(), column("Currency")[0].as_str()),
        ("2027-01-04", "2027-01-29", "EUR")
    );
    assert!(text.contains("\r\n"));
    let one = finance.get(&format!("/projects/{}/proposals.csv?p={}", project.id, project.proposals[0]));
    assert_eq!(one.html.matches("PRP-").count(), 1);
    let outsider = site.signed_in(&project.freelancers[0].email);
    assert_eq!(outsider.get(&format!("/projects/{}/proposals.csv", project.id)).status, 404);
}
