"""``shapedby person``: people that the administrator adds, promotes, or lets in."""

from __future__ import annotations

import re

import click

from shapedby.cli.database import standing
from shapedby.cli.plainly import run
from shapedby.kernel import Missing, Role
from shapedby.people import actions
from shapedby.people.queries import person_by_email
from shapedby.people.rules import NAME_COLUMN
from shapedby.settings import settings
from shapedby.text import one_line
from shapedby.web.forms import ADDRESS, MOST_ADDRESS

ROLES = click.Choice([role.value for role in Role if role is not Role.VISITOR])


class _Email(click.ParamType):
    name = "email"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        plain = value.strip().lower()
        if len(plain) > MOST_ADDRESS or not re.fullmatch(ADDRESS, plain):
            self.fail(f"{value!r} is not an e-mail address", param, ctx)
        return plain


EMAIL = _Email()


@click.group()
def person() -> None:
    """Add people, change their role, let them in."""


@person.command()
@click.argument("email", type=EMAIL)
@click.option("--name", required=True, help="The name to show beside their words.")
@click.option("--role", type=ROLES, default=Role.RESIDENT.value, show_default=True)
def add(email: str, name: str, role: str) -> None:
    """Add a person. They sign in with this address, as everybody does; no mail is sent."""
    shown = one_line(name)[:NAME_COLUMN]
    if not shown:
        raise click.BadParameter("write a name", param_hint="--name")
    try:
        number = run(_add(email, shown, Role(role)))
    except Missing as error:
        message = f"There is somebody with the address {email} already."
        raise click.ClickException(message) from error
    click.echo(f"Added {shown} <{email}> as {role}, person {number}.")


@person.command("role")
@click.argument("email", type=EMAIL)
@click.argument("new_role", metavar="ROLE", type=ROLES)
def change_role(email: str, new_role: str) -> None:
    """Give a person another ROLE. It ends their sign-ins: they sign in again."""
    try:
        run(_role(email, Role(new_role)))
    except Missing as error:
        message = f"Nobody has the address {email}."
        raise click.ClickException(message) from error
    click.echo(f"{email} is {new_role} now. Their sign-ins have ended.")


@person.command()
@click.argument("email", type=EMAIL)
def link(email: str) -> None:
    """Print a one-time address that signs a person in, for when mail does not reach them."""
    try:
        click.echo(run(_link(email)))
    except Missing as error:
        message = f"Nobody has the address {email}."
        raise click.ClickException(message) from error


async def _add(email: str, name: str, role: Role) -> int:
    async with standing(settings()):
        return await actions.add_person(email, name=name, role=role)


async def _role(email: str, role: Role) -> None:
    async with standing(settings()):
        await actions.set_role(email, role)


async def _link(email: str) -> str:
    async with standing(settings()):
        if await person_by_email(email) is None:
            raise Missing
        return settings().url + await actions.mint_link(email)
