// The checkout. Each purchase has a key of its own (the header Idempotency-Key). It is kept until an answer
// comes: when the network fails, the same purchase is sent again under the same key, and is made once.

import { send } from "./api.js";
import { byId, clearErrors, notice, recall, remember, showErrors } from "./page.js";
import { refresh } from "./cart.js";
import { money } from "./money.js";

const KEY = "shop.attempt";
const form = byId("checkout");
const submit = form.querySelector("button");

/** Shows the form if there is something to buy, or a purchase without an answer. */
export function offer(cart) {
  const attempt = recall(KEY);
  form.hidden = !attempt && !cart?.items.length;
  form.querySelector("fieldset").disabled = Boolean(attempt);
  byId("uncertain").hidden = !attempt;
  if (attempt) for (const [name, value] of Object.entries(attempt.body)) form.elements[name].value = value;
  if (attempt) submit.textContent = "Send it again";
  else if (cart) submit.textContent = `Buy for ${money(cart.total_cents, cart.currency)}`;
  form.dataset.cart = attempt?.cart ?? cart?.id ?? "";
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { email, name, address } = form.elements;
  const attempt = recall(KEY) ?? {
    cart: form.dataset.cart,
    key: newKey(),
    body: { email: email.value, name: name.value, address: address.value },
  };
  remember(KEY, attempt);
  submit.disabled = true;
  clearErrors(form);
  try {
    const order = await send("POST", `/api/carts/${attempt.cart}/checkout`, attempt.body, {
      "Idempotency-Key": attempt.key,
    });
    remember(KEY, null);
    form.reset();
    location.hash = `#/orders/${order.id}`;
    await refresh();
  } catch (problem) {
    await refused(problem);
  } finally {
    submit.disabled = false;
    // A disabled button loses the keyboard's focus.
    if (document.activeElement === document.body) submit.focus();
  }
});

async function refused(problem) {
  // No answer is no refusal: the attempt stays as it is.
  if (!problem.passing) remember(KEY, null);
  const cart = await refresh().catch(() => undefined);
  if (cart !== undefined || problem.passing) offer(cart);
  if (problem.passing) return;
  const short = problem.body?.items ?? [];
  if (problem.status === 409 && short.length) notice(shortage(short, cart), { bad: true });
  else showErrors(form, problem);
}

/** Names what there is too little of, and how many there are. */
function shortage(short, cart) {
  const name = (id) => cart?.items.find((item) => item.product_id === id)?.name ?? "a product";
  const each = short.map((item) => `${name(item.product_id)} (${item.available} left)`);
  return `Somebody was faster: there are not enough of ${each.join(", ")}. Nothing was bought; change the quantity and try again.`;
}

function newKey() {
  // Browsers offer randomUUID only on https and on this machine.
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-")
  );
}
