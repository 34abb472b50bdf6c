// Applies the chosen theme before the first paint. A file of its own, since the policy allows no inline script.
try {
  const theme = localStorage.getItem("kinglet-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's theme applies.
}
