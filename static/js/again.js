// A page of something that is being made shows itself anew after so many seconds, while somebody looks at it.
const again = document.querySelector("[data-again]");
if (again) {
  const look = () => (document.hidden ? setTimeout(look, 1000) : location.reload());
  setTimeout(look, Number(again.dataset.again) * 1000);
}
