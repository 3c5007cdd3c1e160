"""Who may come in: logging in and out, and an admin's page of users, keys and the audit log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from twosource.errors import UsageError
from twosource.store import team
from twosource.web.asking import Ask, form_of, html, own_page, split_form
from twosource.web.bench import Workbench
from twosource.web.gate import COOKIE, LEAST_PASSWORD, Waits, hashed

LOG = 100  # lines of the audit log that the page shows


def login(bench: Workbench) -> Callable[[Request], Awaitable[Response]]:
    """The page that asks for a name and a password."""

    async def endpoint(request: Request) -> Response:
        if not bench.rules.login:
            return RedirectResponse("/", 303)
        if request.method in ("GET", "HEAD"):
            return _login_page(bench, request, own_page(request.query_params.get("to", "/")), "", "", 200)
        values, _ = split_form(await form_of(request, 0))
        said = {n: next(iter(values.get(n, ())), "") for n in ("name", "password", "to")}
        return await run_in_threadpool(_try, bench, request, said)

    return endpoint


def _try(bench: Workbench, request: Request, said: dict[str, str]) -> Response:
    to = own_page(said["to"])
    machine = request.client.host if request.client else "?"
    try:
        visitor = bench.gate.login(
            said["name"], said["password"], machine, request.cookies.get(COOKIE, "")[:100]
        )
    except Waits as e:
        response = _login_page(bench, request, to, said["name"], f"{str(e).capitalize()}.", 429)
        response.headers["retry-after"] = str(e.seconds)
        return response
    if visitor is None:
        return _login_page(
            bench, request, to, said["name"], "There is no user of that name with that password.", 401
        )
    response = RedirectResponse(to, 303)
    bench.gate.show_cookie(response, visitor.secret)
    return response


def _login_page(bench: Workbench, request: Request, to: str, name: str, wrong: str, status: int) -> Response:
    main = bench.main("login.html.j2", to=to, name=name[:100], wrong=wrong)
    return bare_page(bench, request, "Log in", main, status)


def bare_page(bench: Workbench, request: Request, title: str, main: str, status: int) -> Response:
    """A page for somebody who is not known: no menu, nothing of the case."""
    from markupsafe import Markup

    text = bench.templates.get_template("frame.html.j2").render(
        title=title,
        main=Markup(main),  # rendered by our own templates, everything in it escaped
        visitor=None,
        login=bench.rules.login,
        case="",
        here="",
        waits=0,
        failed="",
        decided="",
        asked="",
        styles=(),
    )
    return html(request, text.replace(bench.mark, ""), status)


def logout(ask: Ask) -> Response:
    """End the session."""
    ask.bench.gate.logout(ask.visitor)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


def password_page(ask: Ask, wrong: str = "", status: int = 200) -> Response:
    """Where one changes one's password."""
    if not ask.bench.rules.login:
        raise HTTPException(404, "Nobody logs in here.")
    main = ask.bench.main("password.html.j2", wrong=wrong, least=LEAST_PASSWORD)
    return ask.bench.page(ask, "Password", main, status)


def password(ask: Ask) -> Response:
    """Change it; every session of the user ends."""
    if not ask.bench.rules.login:
        raise HTTPException(404, "Nobody logs in here.")
    machine = ask.request.client.host if ask.request.client else "?"
    try:
        known = ask.bench.gate.login(ask.visitor.name, ask.said("old"), machine, ask.visitor.secret)
        if known is None:
            return password_page(ask, "That is not the present password.", 401)
        stored = hashed(ask.said("new"))
    except (Waits, ValueError) as e:
        return password_page(ask, f"{str(e).capitalize()}.", 400)
    with ask.bench.store.writes() as c:
        team.put_user(c, ask.visitor.name, ask.visitor.role, stored)
        team.note(c, ask.visitor.name, "password changed")
    return RedirectResponse("/login", 303)


def team_page(ask: Ask, wrong: str = "", secret: str = "", status: int = 200) -> Response:
    """Users, keys, and who did what."""
    with ask.bench.store.reads() as c:
        users, keys, log = team.listed(c), team.keys(c), team.done(c, LOG)
    main = ask.bench.main(
        "team.html.j2",
        users=users,
        keys=keys,
        log=log,
        wrong=wrong,
        secret=secret,
        login=ask.bench.rules.login,
        scopes=team.SCOPES,
        least=LEAST_PASSWORD,
    )
    return ask.bench.page(ask, "Team", main, status)


def change_team(ask: Ask) -> Response:
    """Add or remove a user or a key."""
    try:
        secret = _changed(ask, ask.said("do"), ask.said("name").strip())
    except (UsageError, ValueError) as e:
        return team_page(ask, str(e), status=400)
    return team_page(ask, secret=secret) if secret else RedirectResponse("/team", 303)


def _changed(ask: Ask, do: str, name: str) -> str:
    who = ask.visitor.name
    stored = hashed(ask.said("password")) if do == "put-user" else ""
    with ask.bench.store.writes() as c:
        if do == "put-user":
            team.put_user(c, name, ask.said("role"), stored)
            _keep_an_admin(ask, team.admins(c))
        elif do == "drop-user":
            team.drop_user(c, name)
            _keep_an_admin(ask, team.admins(c))
        elif do == "new-key":
            made = team.new_key(c, name, tuple(ask.all("scope")), who)
            team.note(c, who, "new-key", name)
            return made
        elif do == "drop-key":
            team.drop_key(c, name)
        else:
            raise UsageError("there is no such change")
        team.note(c, who, do, name)
    return ""


def _keep_an_admin(ask: Ask, left: int) -> None:
    if ask.bench.rules.login and not left:
        raise UsageError("somebody must stay an admin")
