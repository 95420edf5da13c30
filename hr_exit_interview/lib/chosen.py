def get_chosen_records(env, model):
    """Return the records that a window was opened on, none for another model.

    The web client sends them with a window from a list or form of theirs. They are
    what the user says, so access to them still has to be checked.
    """
    if env.context.get("active_model") != model:
        return env[model]
    return env[model].browse(env.context.get("active_ids", []))
