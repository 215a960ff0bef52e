// A page that says what went wrong begins there.
document.querySelector("[data-error-summary], [data-conflict]")?.focus();
