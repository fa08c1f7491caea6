"""The pages of a domain: plain HTML that works without a script, with a keyboard and with a screen reader."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from pytest_cognito_pool._service.oauth.exchange import reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_cognito_pool._service.protocol.http import HttpReply

_HTML: Final = "text/html;charset=UTF-8"
_STYLE: Final = (
    "body{font-family:system-ui,sans-serif;background:#f3f4f6;color:#16191f;margin:0;line-height:1.5}"
    "main{max-width:24rem;margin:4rem auto;padding:2rem;background:#fff;border-radius:.5rem;"
    "box-shadow:0 1px 4px #0003}h1{font-size:1.5rem;margin:0 0 1rem}label{display:block;margin:1rem 0 .25rem}"
    "input,button{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border-radius:.25rem}"
    "input{border:1px solid #6b7280}button{margin-top:1.5rem;border:0;background:#0b5cad;color:#fff;cursor:pointer}"
    "input:focus,button:focus,a:focus{outline:3px solid #f5a623;outline-offset:2px}"
    "[role=alert]{border-left:4px solid #b3261e;padding:.5rem .75rem;background:#fdecea}footer{margin-top:1.5rem}"
)


class Field(NamedTuple):
    """One field of a form.

    Attributes:
        name: the name it is posted with.
        label: what the user reads.
        kind: the type of the input.
        autocomplete: what browsers and password managers fill in.
        value: its initial value.
        key: its id on the page; if empty, the id is made from the name.
    """

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    value: str = ""
    key: str = ""

    def html(self) -> str:
        """The label and the input."""
        if self.kind == "hidden":
            return f'<input type="hidden" name="{self.name}" value="{escape(self.value)}">'
        key = self.key or f"field-{self.name}"
        return (
            f'<label for="{escape(key)}">{escape(self.label)}</label>'
            f'<input id="{escape(key)}" name="{escape(self.name)}" type="{self.kind}" value="{escape(self.value)}" '
            f'autocomplete="{self.autocomplete}" required>'
        )


class Form(NamedTuple):
    """A page with a form.

    Attributes:
        title: the heading.
        action: where it is posted to.
        button: the name of the button and its text.
        fields: its fields.
        links: links to other pages, each with its text.
        form_name: the name of the form.
    """

    title: str
    action: str
    button: tuple[str, str]
    fields: tuple[Field, ...]
    links: tuple[tuple[str, str], ...] = ()
    form_name: str = ""

    def page(self, xsrf: str, error: str = "", status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> HttpReply:
        """Return the page, with the error if there is one."""
        name, text = self.button
        fields = "".join(field.html() for field in (Field("_csrf", "", "hidden", value=xsrf), *self.fields))
        links = _links(self.links)
        body = (
            f'<form action="{escape(self.action)}" method="post" name="{self.form_name}">{fields}'
            f'<button type="submit" name="{name}" value="{escape(text)}">{escape(text)}</button></form>'
            f"<footer>{links}</footer>"
        )
        return _page(self.title, body, error, status, headers)


def choice(title: str, links: Iterable[tuple[str, str]]) -> HttpReply:
    """A page with links to choose from."""
    return _page(title, _links(links), "", 200, ())


def _links(links: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<p><a href="{escape(link)}">{escape(label)}</a></p>' for link, label in links)


def message(title: str, text: str, status: int = 200) -> HttpReply:
    """Return a page that only shows a text."""
    return _page(title, f"<p>{escape(text)}</p>", "", status, ())


def _page(title: str, body: str, error: str, status: int, headers: Iterable[tuple[str, str]]) -> HttpReply:
    alert = f'<p role="alert">{escape(error)}</p>' if error else ""
    html = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{alert}{body}</main></body></html>"
    )
    return reply(status, html.encode(errors="replace"), _HTML, *headers)
