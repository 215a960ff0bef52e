// Says how large the chosen files are before they are sent, and which are too large. The server judges all of them.
const LARGEST = 10 * 1024 * 1024;

for (const field of document.querySelectorAll("input[data-upload]")) {
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  field.after(line);
  field.addEventListener("change", () => {
    const files = [...field.files];
    const large = files.filter((file) => file.size > LARGEST).map((file) => file.name);
    const sum = files.reduce((all, file) => all + file.size, 0) / 1e6;
    const chosen = files.length ? `${files.length} chosen, ${sum.toFixed(1)} MB in all.` : "";
    line.textContent = large.length ? `${chosen} Too large: ${large.join(", ")}.` : chosen;
  });
}
