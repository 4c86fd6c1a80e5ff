/** @type {import("prettier").Config} */
module.exports = {
  plugins: [require.resolve("@prettier/plugin-xml")],
  printWidth: 100,
  tabWidth: 4,
  trailingComma: "es5",
  xmlWhitespaceSensitivity: "preserve",
  // The declaration Odoo's own tools write: a space before the closing mark.
  xmlSelfClosingSpace: true,
  overrides: [
    { files: ["*.json", "*.cjs", "*.md", "*.yml"], options: { tabWidth: 2 } },
    { files: ["*.md"], options: { proseWrap: "preserve" } },
  ],
};
