//! shop, milestone `metrics`: figures for Prometheus.

use super::api::lock;
use super::reservations::seen;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Body, Request, Response};
use crate::reference::protocol::problem::problem;
use crate::reference::server::setting;
use crate::reference::store::Store;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

const BORDERS: &[f64] = &[0.005, 0.025, 0.1, 0.25, 1.0, 5.0];

/// What was counted since the start.
static FIGURES: Mutex<Figures> = Mutex::new(Figures::new());
/// The products that were sold out when first asked, for the fault that counts them once.
static SOLD_OUT: OnceLock<usize> = OnceLock::new();

/// Method, route and status.
type Labels = (String, String, String);

struct Figures {
    requests: BTreeMap<Labels, u64>,
    durations: BTreeMap<Labels, Vec<f64>>,
    orders: u64,
    cents: i64,
    /// The last cart that was bought, for the fault that names it.
    cart: String,
}

impl Figures {
    const fn new() -> Self {
        Self {
            requests: BTreeMap::new(),
            durations: BTreeMap::new(),
            orders: 0,
            cents: 0,
            cart: String::new(),
        }
    }
}

fn figures<T>(change: impl FnOnce(&mut Figures) -> T) -> T {
    change(&mut FIGURES.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The answer, if the address is this milestone's.
pub fn answer(store: &Mutex<Store>, request: &Request) -> Option<Response> {
    if request.path != "/metrics" || !learner::has("metrics") || request.method != "GET" {
        return None;
    }
    if fault("metrics-of-metrics") {
        count(("GET".to_owned(), "/metrics".to_owned(), "200".to_owned()), 0.001);
    }
    if !is_let_in(request) {
        let refused =
            problem(if fault("metrics-token-403") { 403 } else { 401 }, "A token is needed.");
        return Some(match fault("metrics-token-unnamed") {
            true => refused,
            false => refused.with("WWW-Authenticate", "Bearer"),
        });
    }
    let sold_out = |row: &serde_json::Value| match fault("metrics-sold-out-few") {
        true => row["stock"].as_i64() < Some(10),
        false => row["stock"] == 0,
    };
    let store = lock(store);
    let products = store.rows("products").map(|row| seen(&store, row));
    let sold_out = products.filter(sold_out).count();
    drop(store);
    let sold_out = match fault("metrics-sold-out-once") {
        true => *SOLD_OUT.get_or_init(|| sold_out),
        false => sold_out,
    };
    let text = figures(|figures| text(figures, sold_out));
    let kind = match fault("metrics-as-html") {
        true => "text/html",
        false => "text/plain; version=0.0.4; charset=utf-8",
    };
    Some(Response::new(200, kind, Body::Bytes(text.into_bytes())))
}

fn is_let_in(request: &Request) -> bool {
    let token = setting("METRICS_TOKEN", "");
    let sent = request.header("authorization").unwrap_or_default();
    let bearer = sent.strip_prefix("Bearer ");
    match () {
        () if token.is_empty() || fault("metrics-token-ignored") => true,
        () if fault("metrics-token-of-any-kind") => sent.ends_with(&token),
        () if fault("metrics-token-by-its-beginning") => {
            bearer.is_some_and(|bearer| token.starts_with(bearer))
        }
        () => bearer == Some(token.as_str()),
    }
}

/// Counts an answer to a request below `/api`.
pub fn answered(request: &Request, path: &[&str], answer: &Response, begin: Instant) {
    if !learner::has("metrics") || !request.is_api() {
        return;
    }
    if answer.status >= 400 && fault("metrics-errors-uncounted") {
        return;
    }
    let usual = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let is_usual = usual.contains(&request.method.as_str()) || fault("metrics-any-method");
    let method = if is_usual { request.method.clone() } else { "other".to_owned() };
    let route = match route(path) {
        _ if fault("metrics-by-address") => request.path.clone(),
        None if fault("metrics-unmatched-by-address") => request.path.clone(),
        route => route.unwrap_or("unmatched").to_owned(),
    };
    let status = match fault("metrics-status-class") {
        true => format!("{}xx", answer.status / 100),
        false => answer.status.to_string(),
    };
    if path.last() == Some(&"checkout") && answer.status >= 400 && fault("metrics-refusals-counted")
    {
        ordered("", 0);
    }
    count((method, route, status), begin.elapsed().as_secs_f64());
}

fn count(labels: Labels, seconds: f64) {
    let seconds = if fault("durations-in-microseconds") { seconds * 1e6 } else { seconds };
    let before = figures(|figures| figures.requests.get(&labels).copied().unwrap_or(0));
    if fault("metrics-race") {
        sleep(Duration::from_millis(20));
    }
    figures(|figures| {
        let number = figures.requests.entry(labels.clone()).or_default();
        *number = if fault("metrics-race") { before } else { *number } + 1;
        if !fault("durations-stay") || figures.durations.is_empty() {
            let (method, route, _) = labels;
            let route = if fault("durations-by-method") { String::new() } else { route };
            figures.durations.entry((method, route, String::new())).or_default().push(seconds);
        }
    });
}

/// The route of an address, as the description has it.
fn route(path: &[&str]) -> Option<&'static str> {
    Some(match path {
        ["api", "products"] => "/api/products",
        ["api", "products", _] => "/api/products/{id}",
        ["api", "products", _, "related"] => "/api/products/{id}/related",
        ["api", "categories"] => "/api/categories",
        ["api", "carts"] => "/api/carts",
        ["api", "carts", _] => "/api/carts/{id}",
        ["api", "carts", _, "coupon"] => "/api/carts/{id}/coupon",
        ["api", "carts", _, "items", _] => "/api/carts/{id}/items/{product_id}",
        ["api", "carts", _, "checkout"] => "/api/carts/{id}/checkout",
        ["api", "orders", _] => "/api/orders/{id}",
        _ => return None,
    })
}

/// Counts an order that was placed.
pub fn ordered(cart: &str, cents: i64) {
    figures(|figures| {
        if !fault("metrics-without-orders") {
            figures.orders += 1;
        }
        figures.cents += if fault("metrics-value-in-units") { cents / 100 } else { cents };
        cart.clone_into(&mut figures.cart);
    });
}

/// An order that is answered again.
pub fn repeated(cents: i64) {
    if fault("metrics-repeats-counted") {
        ordered("", cents);
    }
}

fn text(figures: &Figures, sold_out: usize) -> String {
    let mut out = String::new();
    head(&mut out, "http_requests_total", "counter");
    for ((method, route, status), number) in &figures.requests {
        line(
            &mut out,
            "http_requests_total",
            &labels(method, route, Some(("status", status))),
            *number,
        );
    }
    let name = "http_request_duration_seconds";
    head(&mut out, name, "histogram");
    for ((method, route, _), all) in &figures.durations {
        histogram(&mut out, name, (method, route), all);
    }
    let orders = if fault("metrics-by-cart") {
        format!("{{cart=\"{}\"}}", figures.cart)
    } else {
        String::new()
    };
    if !(figures.orders == 0 && fault("metrics-from-first-order")) {
        head(&mut out, "shop_orders_total", "counter");
        line(&mut out, "shop_orders_total", &orders, figures.orders);
    }
    head(&mut out, "shop_order_value_cents_total", "counter");
    line(&mut out, "shop_order_value_cents_total", "", figures.cents);
    head(&mut out, "shop_products_sold_out", "gauge");
    line(&mut out, "shop_products_sold_out", "", sold_out);
    if fault("metrics-apart") {
        line(&mut out, "shop_order_value_cents_total", "{currency=\"XTS\"}", 0);
    }
    if fault("metrics-without-line-end") {
        out.pop();
    }
    out
}

fn histogram(out: &mut String, name: &str, (method, route): (&str, &str), all: &[f64]) {
    let borders = if fault("buckets-too-few") { &BORDERS[..2] } else { BORDERS };
    let borders = borders.iter().chain([&f64::INFINITY]);
    for border in borders {
        let number = match fault("buckets-not-cumulative") {
            true => all.iter().filter(|time| *time <= border && border.is_finite()).count(),
            false => all.iter().filter(|time| *time <= border).count(),
        };
        let border = if border.is_finite() { border.to_string() } else { "+Inf".to_owned() };
        line(out, &format!("{name}_bucket"), &labels(method, route, Some(("le", &border))), number);
    }
    let own = labels(method, route, None);
    line(out, &format!("{name}_sum"), &own, all.iter().sum::<f64>());
    line(out, &format!("{name}_count"), &own, all.len());
}

fn labels(method: &str, route: &str, more: Option<(&str, &str)>) -> String {
    let route = route.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let more = more.map(|(name, value)| format!(",{name}=\"{value}\"")).unwrap_or_default();
    format!("{{method=\"{method}\",route=\"{route}\"{more}}}")
}

fn head(out: &mut String, name: &str, kind: &str) {
    let kind = if fault("metrics-all-gauges") { "gauge" } else { kind };
    let _ = writeln!(out, "# HELP {name} Of the reference shop.\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = writeln!(out, "{name}{labels} {value}");
}
