"""What the screens need of the process; `coolhead.wiring` gives it."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import TYPE_CHECKING, Annotated, Protocol

from fastapi import Depends
from starlette.requests import HTTPConnection

from coolhead.config import Settings
from coolhead.services.audit import Audit
from coolhead.services.casework.boundaries import Boundaries
from coolhead.services.casework.customers import Customers
from coolhead.services.casework.escalations import Escalations
from coolhead.services.casework.follow_ups import FollowUps
from coolhead.services.casework.gestures import Gestures
from coolhead.services.casework.offers import Offers
from coolhead.services.casework.promises import Promises
from coolhead.services.conversations.chat import Chat
from coolhead.services.conversations.desk import Desk
from coolhead.services.conversations.inlets import Inlets
from coolhead.services.conversations.live import Live
from coolhead.services.conversations.search import Search
from coolhead.services.conversations.wrap_up import WrapUp
from coolhead.services.demo.playing import Demo
from coolhead.services.documents.documents import Documents
from coolhead.services.documents.editing import Editing
from coolhead.services.documents.guides import Guides
from coolhead.services.documents.policies import Policies
from coolhead.services.documents.publishing import Publishing
from coolhead.services.documents.trials import Trials
from coolhead.services.keeping.erasure import Erasure
from coolhead.services.keeping.portability import Portability
from coolhead.services.keeping.retention import Retention
from coolhead.services.people.accounts import Accounts
from coolhead.services.people.clients import Clients
from coolhead.services.people.invitations import Invitations
from coolhead.services.people.keys import Keys
from coolhead.services.people.resets import Resets
from coolhead.services.people.sessions import Sessions
from coolhead.services.people.settings import ClientSettings
from coolhead.services.people.single_sign_on import SingleSignOn
from coolhead.services.sending.mail import Letters
from coolhead.services.sending.webhooks import Webhooks
from coolhead.services.training.assigning import Assigning
from coolhead.services.training.casting import Casting
from coolhead.services.training.drafts import Drafts
from coolhead.services.training.drilling import Drilling
from coolhead.services.training.learning import Learning
from coolhead.services.training.looking_back import LookingBack
from coolhead.services.training.material import Material
from coolhead.services.training.practising import Practising
from coolhead.services.training.progressing import Progressing

if TYPE_CHECKING:
    from coolhead.engine import Engine


class Services(Protocol):
    """The use cases, as one process has them."""

    @property
    def settings(self) -> Settings:
        """How this process runs."""

    @property
    def engine(self) -> Engine:
        """Reads what an agent is about to write."""

    @property
    def threads(self) -> Executor:
        """Where the engine works, so that others need not wait."""

    @property
    def accounts(self) -> Accounts:
        """People, and signing in and out."""

    @property
    def sessions(self) -> Sessions:
        """Where people are signed in."""

    @property
    def invitations(self) -> Invitations:
        """Links with which people make their own account."""

    @property
    def resets(self) -> Resets:
        """Links with which people choose a new password."""

    @property
    def single_sign_on(self) -> SingleSignOn:
        """Signing in with the account of another service."""

    @property
    def keys(self) -> Keys:
        """Keys for programs."""

    @property
    def audit(self) -> Audit:
        """What was done by whom."""

    @property
    def clients(self) -> Clients:
        """Clients as an admin keeps them."""

    @property
    def documents(self) -> Documents:
        """What each client has published, parsed."""

    @property
    def editing(self) -> Editing:
        """How drafts of documents change."""

    @property
    def publishing(self) -> Publishing:
        """How documents come to hold."""

    @property
    def policies(self) -> Policies:
        """What each client's policies say to everybody."""

    @property
    def guides(self) -> Guides:
        """The engine and the remedies of each client."""

    @property
    def trials(self) -> Trials:
        """Tries playbooks on stored conversations."""

    @property
    def live(self) -> Live:
        """Conversations while they go on."""

    @property
    def desk(self) -> Desk:
        """What people do around a conversation."""

    @property
    def wrap_up(self) -> WrapUp:
        """Notes and dispositions."""

    @property
    def offers(self) -> Offers:
        """What customers are offered."""

    @property
    def gestures(self) -> Gestures:
        """What makes up for something, and its budgets."""

    @property
    def search(self) -> Search:
        """Conversations by what was said."""

    @property
    def escalations(self) -> Escalations:
        """Calls for a supervisor."""

    @property
    def boundaries(self) -> Boundaries:
        """Limits on abuse, and paused channels."""

    @property
    def chat(self) -> Chat:
        """Both sides of the built-in chat."""

    @property
    def webhooks(self) -> Webhooks:
        """Where a client's events are sent."""

    @property
    def client_settings(self) -> ClientSettings:
        """Each client's time zone, hours, tone and reply address."""

    @property
    def promises(self) -> Promises:
        """The promise ledger."""

    @property
    def customers(self) -> Customers:
        """Who customers are over all their contacts."""

    @property
    def erasure(self) -> Erasure:
        """Deleting customers, with proof."""

    @property
    def follow_ups(self) -> FollowUps:
        """What is done after a conversation."""

    @property
    def mail_is_on(self) -> bool:
        """True where a mail server is set."""

    @property
    def letters(self) -> Letters:
        """Letters that could not be sent."""

    @property
    def retention(self) -> Retention:
        """How long a client's words are kept, and what is held."""

    @property
    def portability(self) -> Portability:
        """Takes a whole client away and in."""

    @property
    def material(self) -> Material:
        """What people practise with, and who keeps it."""

    @property
    def learning(self) -> Learning:
        """What there is to practise."""

    @property
    def drafts(self) -> Drafts:
        """Drafts of practice material, published together."""

    @property
    def drilling(self) -> Drilling:
        """Drills while somebody does them."""

    @property
    def assigning(self) -> Assigning:
        """What trainers ask people to practise."""

    @property
    def progressing(self) -> Progressing:
        """What practice and live conversations show."""

    @property
    def casting(self) -> Casting:
        """Whom to meet in practice."""

    @property
    def practising(self) -> Practising:
        """Practice runs while they go on."""

    @property
    def looking_back(self) -> LookingBack:
        """What practice runs teach."""

    @property
    def inlets(self) -> Inlets:
        """Where other systems tell of conversations."""

    @property
    def demo(self) -> Demo:
        """Plays written conversations."""


def services_of(connection: HTTPConnection) -> Services:
    """The services of the app that serves this request."""
    services: Services = connection.app.state.services
    return services


Here = Annotated[Services, Depends(services_of)]
