for (const button of document.querySelectorAll("button.copy")) {
  const code = button.parentElement.querySelector("code");
  const word = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      // Without a secure context, or when the browser asks and the reader declines: mark it and copy as by hand.
      getSelection().selectAllChildren(code);
      document.execCommand("copy");
    }
    button.textContent = document.body.dataset.copied;
    setTimeout(() => { button.textContent = word; }, 2000);
  });
}
