// Plain rules: no package is imported, so this file works from wherever it lies.
const readonly = (...names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

export default [
    {
        files: ["**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: readonly(
                "console", "document", "window", "setTimeout", "clearTimeout", "fetch",
                "FormData", "URL", "Event", "CustomEvent", "navigator", "location",
                "luxon", "odoo"
            ),
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            curly: "error",
            eqeqeq: "error",
            "no-console": "error",
            "no-const-assign": "error",
            "no-dupe-keys": "error",
            "no-eval": "error",
            "no-undef": "error",
            "no-unreachable": "error",
            "no-unused-vars": "error",
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
