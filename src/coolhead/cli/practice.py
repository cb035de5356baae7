"""`coolhead practice`: talk with a simulated customer in the terminal, then read the debrief."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from coolhead.codebook import Heat
from coolhead.engine import Engine
from coolhead.errors import CoolheadError
from coolhead.practice.debrief import ENDED, Course, Debrief, better_course, compare, debrief
from coolhead.practice.hint import HINT_COST
from coolhead.practice.persona import Persona, shipped_persona, shipped_who_suit
from coolhead.practice.run import Practice, Round, Run
from coolhead.practice.scenario import Difficulty, Scenario, shipped_scenario, shipped_scenarios

MOST_SEED = 1_000_000

_HELP = f"/hint a hint ({HINT_COST} points) · /pause breathe · /stop end, without blame · /help this line"


def practice(
    scenario: Annotated[str | None, typer.Argument(help="Which scenario; left out: one of them all.")] = None,
    difficulty: Annotated[Difficulty, typer.Option(help="How hard it is played.")] = Difficulty.NORMAL,
    persona: Annotated[str | None, typer.Option(help="Who tells it; left out: one whom it suits.")] = None,
    seed: Annotated[
        int | None, typer.Option(help="The same seed and the same words give the same replies.")
    ] = None,
    abusive: Annotated[
        bool, typer.Option("--abusive/--no-abusive", help="Whether an abusive customer may come.")
    ] = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the scenarios and stop.")] = False,
) -> None:
    """Practise with a simulated customer, scored by the engine that helps on live calls."""
    console = Console(highlight=False)
    if show_list:
        _print_scenarios(console)
        return
    number = secrets.randbelow(MOST_SEED) if seed is None else seed
    known = list(shipped_scenarios())
    chosen = shipped_scenario(scenario or known[number % len(known)])
    who = shipped_persona(persona) if persona else _someone(chosen, number, abusive=abusive)
    if not _warned(console, who):
        return
    player = Practice(Engine.load())
    run = player.start(chosen, who, difficulty, number)
    _introduce(console, run)
    run = _talk(console, player, run)
    _again(console, player, run)


def _someone(scenario: Scenario, seed: int, *, abusive: bool) -> Persona:
    suited = shipped_who_suit(scenario, abusive=abusive)
    return suited[seed // 7 % len(suited)]


def _print_scenarios(console: Console) -> None:
    table = Table("scenario", "industry", "about", box=None, pad_edge=False)
    for each in shipped_scenarios().values():
        table.add_row(each.id, each.industry, escape(each.about))
    console.print(table)


def _warned(console: Console, persona: Persona) -> bool:
    """True when there is nothing to warn of, or the person wants to go on."""
    if not persona.warning:
        return True
    console.print(Panel(escape(persona.warning), title="Before you begin", border_style="yellow"))
    if typer.confirm("Go on?", default=False):
        return True
    console.print("All right. Leave --persona and --abusive out for somebody else.")
    return False


def _introduce(console: Console, run: Run) -> None:
    scenario = run.scenario
    console.print(
        f"[bold]{escape(scenario.title)}[/bold] ({run.difficulty}, seed {run.seed})\n"
        f"You are {escape(scenario.agent)} of {escape(scenario.client)}. {escape(scenario.about)}\n"
        f"[dim]{_HELP}[/dim]"
    )


def _talk(console: Console, player: Practice, run: Run) -> Run:
    """Plays until the run is over or stopped."""
    _print_reply(console, run)
    while not run.over:
        try:
            said = console.input("[bold cyan]You:[/bold cyan] ")
        except (EOFError, KeyboardInterrupt):
            return run.stop()
        if said.strip().startswith("/"):
            run = _command(console, player, run, said.strip().lower())
            continue
        try:
            run = player.say(run, said)
        except CoolheadError as error:
            console.print(f"{error.message} {error.hint}", markup=False)
            continue
        _print_reply(console, run)
    return run


def _command(console: Console, player: Practice, run: Run, command: str) -> Run:
    if command == "/stop":
        return run.stop()
    if command == "/hint":
        run, hint = player.hint(run)
        console.print(f"[green]{escape(hint.title)}.[/green] {escape(hint.why)}\n  “{escape(hint.say)}”")
    elif command == "/pause":
        console.print("[dim]Paused. Nothing runs away; press Enter to go on.[/dim]")
        console.input("")
    else:
        console.print(f"[dim]{_HELP}[/dim]")
    return run


def _print_reply(console: Console, run: Run) -> None:
    name = run.scenario.customer.rsplit(" ", 1)[-1]
    console.print(f"[bold]{escape(name)}:[/bold] {escape(run.last.reply)}")


def _again(console: Console, player: Practice, run: Run) -> None:
    """Shows the debrief, and lets the person try again from any turn, as often as they like."""
    _print_debrief(console, run, debrief(player, run))
    while len(run.rounds) > 1:
        console.print(f"Try again from which turn (1-{len(run.rounds) - 1})? Enter to finish.")
        try:
            answer = console.input("[bold cyan]Turn:[/bold cyan] ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not answer:
            return
        if not answer.isdigit() or not 1 <= int(answer) < len(run.rounds):
            continue
        other = _talk(console, player, player.replay_from(run, int(answer)))
        _print_debrief(console, other, debrief(player, other))
        _print_comparison(console, run, other)
        run = other


def _print_debrief(console: Console, run: Run, told: Debrief) -> None:
    console.print()
    console.rule("Debrief")
    console.print(
        f"{ENDED[run.ending] if run.ending else ''} Score [bold]{told.scorecard.score}[/bold] of 100."
    )
    table = Table("", "points", "why", box=None, pad_edge=False)
    for line in told.scorecard.lines:
        table.add_row(line.criterion.words, f"{line.points:.0f}/{line.of}", escape(line.why))
    if told.scorecard.penalty:
        table.add_row("hints", f"-{told.scorecard.penalty}", "Each hint costs points.")
    console.print(table)
    console.print("\n[bold]Heat[/bold], turn by turn")
    for point in told.curve:
        level = Heat(min(4, int(point.inner + 0.5)))
        bar = "█" * max(1, round(4 * point.inner))
        console.print(f"{point.number:>3} {bar:<16} {level.words:<10} {', '.join(point.because)}")
    for each in told.moments:
        went = "cooler" if each.by < 0 else "hotter"
        console.print(f"\n[bold]Turn {each.number}[/bold]: {abs(each.by):.1f} {went}. {' '.join(each.why)}")
        console.print(f"  You: {escape(each.said)}")
        if each.better:
            console.print(f"  [green]Better: {escape(each.better)}[/green]")
    console.print("\n[bold]To think about[/bold]")
    for question in told.questions:
        console.print(f"  · {escape(question)}")


def _print_comparison(console: Console, first: Run, second: Run) -> None:
    console.print()
    console.rule("Both courses")
    table = Table("turn", "before", "heat", "now", "heat", box=None, pad_edge=False)
    for pair in compare(first, second):
        if pair.same:
            continue
        table.add_row(str(pair.number), *_cells(pair.first), *_cells(pair.second))
    console.print(table)
    verdict = {
        Course.FIRST: "The first course ended cooler.",
        Course.SECOND: "This course ended cooler.",
        Course.SAME: "Both ended about the same.",
    }
    console.print(verdict[better_course(first, second)])


def _cells(each: Round | None) -> tuple[str, str]:
    """What was said in a round and the heat after it; empty where the course had ended."""
    if each is None or each.agent is None:
        return "", ""
    return escape(each.agent.turn.text), f"{each.state.heat:.1f}"
