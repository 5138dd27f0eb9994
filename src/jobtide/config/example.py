"""The file that `jobtide init` writes: the settings a user may want to change first."""

import tomlkit


def example(contact: str | None) -> str:
    """Return a commented jobtide.toml with the three first boards and the default pages."""
    document = tomlkit.document()
    document.add(tomlkit.comment("jobtide: `jobtide config show` lists every setting."))
    document["database"] = "jobtide.db"
    if contact:
        document["contact"] = contact
    else:
        document.add(
            tomlkit.comment('contact = "you@example.org"  (boards like to know whom to ask)')
        )
    document["publish"] = {"out": "public", "title": "Remote jobs", "layout": "cards"}
    update = tomlkit.table()
    update.add(
        tomlkit.comment("More: `jobtide sources list`. Without this line all that terms allow.")
    )
    update["sources"] = ["remoteok", "remotive", "weworkremotely"]
    document["update"] = update
    document.add(tomlkit.nl())
    document.add(tomlkit.comment("Without [[pages]], every category has its page. For your own:"))
    for line in (
        "[[pages]]",
        'name = "backend"',
        'title = "BACKEND JOBS"',
        'query = "category:backend arrangement:remote"',
    ):
        document.add(tomlkit.comment(line))
    return tomlkit.dumps(document)
