from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import standardwebhooks as official
from hypothesis import given
from hypothesis import strategies as st

from coolhead.services.sending.signing import headers_for, is_chatwoot, is_standard, new_secret

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)
BODY = '{"type":"ended","data":{"text":"Zoë 🙂"}}'.encode()
SECRET = "whsec_" + "c2l4dGVlbiBieXRlcyBsb25nIGFuZCBtb3JlIQ=="


def test_the_official_library_accepts_what_is_signed_with_the_new_secret_and_with_the_old() -> None:
    old, new = new_secret(), new_secret()
    headers = headers_for([new, old], "msg_1", datetime.now(UTC), BODY)
    for secret in (old, new):
        assert official.Webhook(secret).verify(BODY, headers) == json.loads(BODY)
    with pytest.raises(official.WebhookVerificationError):
        official.Webhook(new_secret()).verify(BODY, headers)
    with pytest.raises(official.WebhookVerificationError):
        official.Webhook(new).verify(BODY + b" ", headers)


def test_what_the_official_library_signs_is_accepted() -> None:
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": official.Webhook(SECRET).sign("msg_1", NOW, BODY.decode()),
    }
    assert is_standard(SECRET, headers, BODY, NOW)


def test_the_signature_is_the_one_of_the_standard() -> None:
    headers = headers_for([SECRET], "msg_1", NOW, b"{}")
    assert headers == {
        "webhook-id": "msg_1",
        "webhook-timestamp": "1773843600",
        "webhook-signature": "v1,Q8QQvOop2Wcixh+dEiamU4HwKS+5ma04F32AcGAVizM=",
    }


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_signature_is_refused(minutes: int) -> None:
    headers = headers_for([SECRET], "msg_1", NOW, BODY)
    assert is_standard(SECRET, headers, BODY, NOW)
    assert not is_standard(SECRET, headers, BODY, NOW + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "changed",
    [
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-timestamp": "1773843601"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "١٧"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,not base64"},
        {"webhook-signature": "v1a,AAAA"},
    ],
)
def test_what_was_changed_is_refused(changed: dict[str, str]) -> None:
    headers = headers_for([SECRET], "msg_1", NOW, BODY) | changed
    assert not is_standard(SECRET, headers, BODY, NOW)


@given(st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text()))
def test_no_header_makes_it_fail(headers: dict[str, str]) -> None:
    assert not is_standard(SECRET, headers, BODY, NOW)
    renamed = {
        "x-chatwoot-timestamp": headers.get("webhook-timestamp", ""),
        "x-chatwoot-signature": headers.get("webhook-signature", ""),
    }
    assert not is_chatwoot("secret", renamed, BODY, NOW)


def test_chatwoots_signature_is_of_time_and_body() -> None:
    headers = {
        "x-chatwoot-timestamp": "1773843600",
        "x-chatwoot-signature": "sha256=ceaf692c523bdce417d0256100d0b60b18fb9d7bb9e69f31697e749250fdf365",
    }
    assert is_chatwoot("a secret", headers, b"{}", NOW)
    assert not is_chatwoot("a secret", headers, b"[]", NOW)
    assert not is_chatwoot("another", headers, b"{}", NOW)
    assert not is_chatwoot("a secret", headers, b"{}", NOW + timedelta(minutes=6))
    later = headers | {"x-chatwoot-timestamp": "1773843601"}
    assert not is_chatwoot("a secret", later, b"{}", NOW)
