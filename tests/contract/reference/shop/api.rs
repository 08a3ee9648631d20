//! shop: the catalogue, and what all of the shop stands on.

use super::accounts;
use super::admin;
use super::caching;
use super::cart;
use super::checkout;
use super::coupons;
use super::events;
use super::metrics;
use super::payments;
use super::related;
use super::reservations;
use crate::reference::clock;
use crate::reference::faults::{fault, param};
use crate::reference::ids;
use crate::reference::learner;
use crate::reference::list::{self, Query};
use crate::reference::pages;
use crate::reference::protocol::http::{Request, Response};
use crate::reference::protocol::problem::{method_not_allowed, problem};
use crate::reference::server::Project;
use crate::reference::store::Store;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

const PARAMETERS: &[&str] =
    &["q", "category", "min_price", "max_price", "in_stock", "sort", "order", "page", "per_page"];
const MAX_CENTS: u64 = i64::MAX.cast_unsigned();

pub struct Shop {
    store: Arc<Mutex<Store>>,
}

pub type Answer = Result<Response, Response>;

impl Project for Shop {
    fn answer(&self, request: &Request) -> Response {
        let path = request.segments();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let begin = Instant::now();
        let answer = self.answer_at(request, &path);
        let answer = caching::finished(&self.store, request, &path, answer);
        metrics::answered(request, &path, &answer, begin);
        answer
    }

    fn part(&self) {
        events::part();
    }

    fn close(&self) {
        self.lock().close();
    }
}

pub fn lock(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shop {
    fn answer_at(&self, request: &Request, path: &[&str]) -> Response {
        if let Some(done) = metrics::answer(&self.store, request) {
            return done;
        }
        if let Some(done) = admin::answer(&self.store, request, path) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let who = match accounts::asker(&self.store, request, path) {
            Ok(who) => who,
            Err(refusal) => return refusal,
        };
        if let Some(done) = accounts::answer(&self.store, request, path, &who) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        if let Some(done) = payments::answer(&self.store, request, path) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        if let Some(done) = reservations::answer(&self.store, request, path) {
            return done.unwrap_or_else(|refusal| refusal);
        }
        let done = match (path, request.method.as_str()) {
            (["api", "products"], "GET" | "HEAD") => self.list(request),
            (["api", "products", id], "GET" | "HEAD") => self.product(id),
            (["api", "products", id, "related"], "GET" | "HEAD") if learner::has("related") => {
                related::answer(&self.lock(), id)
            }
            (["api", "carts", id, "coupon"], "PUT") if learner::has("coupons") => {
                coupons::set(&mut self.lock(), request, id)
            }
            (["api", "carts", id, "coupon"], "DELETE") if learner::has("coupons") => {
                coupons::remove(&mut self.lock(), id)
            }
            (["api", "categories"], "GET" | "HEAD") => Ok(self.categories()),
            (["api", "carts"], "POST") => Ok(cart::create(&mut self.lock(), request, &who)),
            (["api", "carts", id], "GET" | "HEAD") => cart::get(&self.lock(), id),
            (["api", "carts", id, "items", product], "PUT") => {
                cart::set(&mut self.lock(), request, id, product)
            }
            (["api", "carts", id, "items", product], "DELETE") => {
                cart::remove(&mut self.lock(), id, product)
            }
            (["api", "carts", id, "checkout"], "POST") => {
                checkout::checkout(&self.store, request, id, &who)
            }
            (["api", "orders", id], "GET" | "HEAD") => checkout::get(&self.lock(), id),
            (
                ["api", "products" | "categories"] | ["api", "products" | "carts" | "orders", _],
                _,
            ) => Ok(method_not_allowed("GET, HEAD")),
            (["api", "carts"] | ["api", "carts", _, "checkout"], _) => {
                Ok(method_not_allowed("POST"))
            }
            (["api", "carts", _, "items", _], _) => Ok(method_not_allowed("PUT, DELETE")),
            _ => Ok(ids::unknown_path()),
        };
        done.unwrap_or_else(|refusal| refusal)
    }

    /// Opens with the project's products, if it has none yet.
    ///
    /// # Errors
    /// The list of products cannot be read.
    pub fn new(mut store: Store) -> std::io::Result<Self> {
        coupons::begin(&mut store);
        admin::begin(&mut store);
        if store.rows("products").next().is_none() || fault("opens-anew") {
            seed(&mut store)?;
        }
        let store = Arc::new(Mutex::new(store));
        events::begin(&store);
        Ok(Self { store })
    }

    fn lock(&self) -> MutexGuard<'_, Store> {
        lock(&self.store)
    }

    fn product(&self, id: &str) -> Answer {
        let id = ids::parse(id)?;
        let store = self.lock();
        let product = store.get("products", id).ok_or_else(ids::absent)?;
        Ok(Response::json(200, shown(reservations::seen(&store, product))))
    }

    fn categories(&self) -> Response {
        let store = self.lock();
        let all = || store.rows("products").filter_map(|product| product["category"].as_str());
        let mut names: Vec<&str> = all().collect::<BTreeSet<_>>().into_iter().collect();
        match () {
            () if fault("categories-reversed") => names.reverse(),
            () if fault("category-missing") => drop(names.pop()),
            () if fault("categories-repeated") => {
                names = all().collect();
                names.sort_unstable();
            }
            () => {}
        }
        if fault("categories-bare") {
            return Response::json(200, json!(names));
        }
        Response::json(200, json!({"items": names}))
    }

    fn list(&self, request: &Request) -> Answer {
        let mut query = Query::new(request, PARAMETERS);
        let page = query.page();
        let text = query.text("q");
        let category = query.text("category");
        let min = query.number("min_price", 0, MAX_CENTS);
        let max = query.number("max_price", 0, MAX_CENTS);
        let in_stock = query.choice("in_stock", &["true"]);
        let sort = query.choice("sort", &["price", "name", "newest"]);
        let order = query.choice("order", &["asc", "desc"]);
        query.finish()?;
        if fault("q-quote-500") && text.as_deref().is_some_and(|text| text.contains('\'')) {
            return Err(problem(500, "Unrecognised token."));
        }
        let unit = if fault("prices-in-units") { 100 } else { 1 };
        let store = self.lock();
        let rows = store.rows("products");
        let mut rows: Vec<Value> = rows.map(|row| reservations::seen(&store, row)).collect();
        let whole = rows.len();
        if fault("unknown-category-404")
            && category
                .as_ref()
                .is_some_and(|name| rows.iter().all(|row| row["category"] != **name))
        {
            return Err(ids::absent());
        }
        rows.retain(|row| {
            let cents = row["price_cents"].as_u64().unwrap_or_default();
            let low = min.is_none_or(|min| {
                cents > min * unit || cents == min * unit && !fault("min-price-exclusive")
            });
            let high = max.is_none_or(|max| {
                cents < max.saturating_mul(unit) || cents == max && !fault("max-price-exclusive")
            });
            let there = row["stock"].as_u64() > Some(0) || fault("sold-out-in-stock");
            low && high
                && (in_stock.is_none() || there)
                && category.as_ref().is_none_or(|name| in_category(row, name))
                && text.as_ref().is_none_or(|text| list::holds(row, &["name", "description"], text))
                || list::passes_filters(row, "description", text.as_deref())
        });
        sorted(&mut rows, sort.as_deref(), order.as_deref());
        Ok(page.answer(rows.into_iter().map(shown).collect(), whole))
    }
}

fn in_category(row: &Value, name: &str) -> bool {
    let category = row["category"].as_str().unwrap_or_default();
    if fault("category-case") {
        return category.eq_ignore_ascii_case(name);
    }
    list::equals(category, name)
}

fn sorted(rows: &mut [Value], sort: Option<&str>, order: Option<&str>) {
    let order = order.filter(|_| !fault("order-ignored"));
    let sort = sort.filter(|sort| param("sort-ignored") != Some(*sort));
    let newest = sort.is_none_or(|sort| sort == "newest" && !fault("newest-asc"));
    let descending = match order {
        Some(order) => order == "desc",
        None if sort.is_none() => !fault("oldest-first"),
        None => newest || fault("sort-default-desc"),
    };
    match sort {
        Some("price") if fault("price-as-text") => {
            list::sort(rows, descending, |a, b| {
                a["price_cents"].to_string().cmp(&b["price_cents"].to_string())
            });
        }
        Some("price") => list::sort(rows, descending, |a, b| {
            a["price_cents"].as_u64().cmp(&b["price_cents"].as_u64())
        }),
        Some("name") => list::sort(rows, descending, list::by_text("name")),
        _ => list::sort(rows, descending, list::by_text("created_at")),
    }
}

/// A product as it is answered.
pub fn shown(mut product: Value) -> Value {
    product.as_object_mut().map(|product| product.remove("was"));
    let cents = product["price_cents"].clone();
    if fault("prices-with-fraction") {
        product["price_cents"] = json!(cents.as_f64().unwrap_or_default() / 100.0);
    }
    if fault("prices-as-text") {
        product["price_cents"] = json!(cents.to_string());
    }
    if let (Some(name), Some(map)) = (param("product-lacks"), product.as_object_mut()) {
        map.remove(name);
    }
    product
}

fn seed(store: &mut Store) -> std::io::Result<()> {
    let file = pages::folder("shop").join("products.json");
    let given: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let skipped = usize::from(fault("product-missing"));
    for product in given["products"].as_array().into_iter().flatten().skip(skipped) {
        let id = store.next_id("products");
        let mut product = product.clone();
        product["id"] = json!(id);
        product["currency"] = given["currency"].clone();
        if fault("two-currencies") && id == 2 {
            product["currency"] = json!("XTS");
        }
        if fault("stock-unset") {
            product["stock"] = json!(3);
        }
        product["created_at"] = json!(clock::now());
        store.put("products", id, &product);
    }
    store.commit();
    Ok(())
}
