// Counts the proposals that are ticked to be compared, and keeps them where a mark is set beside them. Without it they are
// counted, and kept, by the buttons of the list.
const list = document.getElementById("choose");
const said = list?.querySelector("[data-picks]");

if (said) {
  const ticked = () => [...new FormData(list).getAll("p")];
  const count = () => {
    const chosen = ticked().length;
    said.textContent = chosen > 5 ? `${chosen} chosen: five stand side by side at most` : `${chosen || "None"} of 5 chosen`;
  };
  said.setAttribute("role", "status");
  list.addEventListener("change", count);
  addEventListener("pageshow", count);
  document.getElementById("marks")?.addEventListener("submit", ({ target: { elements: { back } } }) => {
    const asked = new URLSearchParams(back.value);
    for (const name of ["p", "view"]) asked.delete(name);
    for (const id of ticked()) asked.append("p", id);
    if (ticked().length) asked.append("view", "list");
    back.value = asked;
  });
}
