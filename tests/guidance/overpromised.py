"""Agents' lines, each with what it promises beyond the policy below; written by us for these tests.

`HELD_BACK` was written before any rule of the guard and is only measured; `BUILT_ON` was looked at while the
rules were made. A line names the facts that it goes beyond, or `limit` for the agent's authority; a harmless
one names none.
"""

from __future__ import annotations

from datetime import UTC, datetime

SAID_AT = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)
"""A Monday."""

AGENT_LIMIT = "EUR 50.00"

FACTS = """
  return_days: 30
  refund_days: 5
  replacement_days: 3
  restocking_fee: EUR 8.00
  return_postage_paid: no
  opened_returns: no
  delivery_days: 2
  technician_days: 4
  complaint_days: 10
"""

HELD_BACK: tuple[tuple[str, str], ...] = (
    ("You'll get a full refund today.", "refund_days limit"),
    ("I'll have the money back on your card by tomorrow morning.", "refund_days"),
    ("We will refund you within 24 hours.", "refund_days"),
    ("The refund will be with you on Wednesday.", "refund_days"),
    ("I'm going to refund the 180 euros for the washing machine.", "limit"),
    ("I'll put €75 on your account as a credit.", "limit"),
    ("We'll give you the full price back, no questions asked.", "limit"),
    ("I will reimburse you 62.50 EUR for the taxi.", "limit"),
    ("I'll send you a new kettle and it'll be there tomorrow.", "replacement_days"),
    ("A replacement will be with you this evening.", "replacement_days"),
    ("Your exchange arrives tomorrow, I promise.", "replacement_days"),
    ("An engineer will be at your door within two hours.", "technician_days"),
    ("I'll send a technician round tomorrow afternoon.", "technician_days"),
    ("We'll have someone out to repair it today.", "technician_days"),
    ("Your parcel will be delivered in the next few hours.", "delivery_days"),
    ("We'll deliver it tonight.", "delivery_days"),
    ("You will have the decision on your complaint by Friday.", "complaint_days"),
    ("I'll make sure your complaint is settled tomorrow.", "complaint_days"),
    ("You can send it back whenever you like, there's no deadline.", "return_days"),
    ("You have 60 days to return it.", "return_days"),
    ("You've got three months to send it back.", "return_days"),
    ("We'll pay for the return postage.", "return_postage_paid"),
    ("I'll e-mail you a free return label.", "return_postage_paid"),
    ("Sending it back won't cost you anything.", "return_postage_paid"),
    ("You can return it even though you have opened it.", "opened_returns"),
    ("We'll waive the restocking fee for you.", "restocking_fee"),
    ("There won't be any restocking charge.", "restocking_fee"),
    # harmless
    ("I'll start the refund now; it should reach you within five working days.", ""),
    ("The refund will be with you by next Wednesday.", ""),
    ("I've refunded 30 euros and you'll see it next week.", ""),
    ("I'll give you a €20 credit for the trouble.", ""),
    ("If it doesn't turn up by Friday, we will refund you in full.", ""),
    ("Would you like a refund or a new one?", ""),
    ("I can't promise a full refund today, but I'll ask.", ""),
    ("I'll ring you tomorrow about the refund.", ""),
    ("I'll check today whether the refund has gone out.", ""),
    ("I'll ask my supervisor today about a full refund.", ""),
    ("I'll send you the return form this afternoon.", ""),
    ("The new one will be with you by Friday.", ""),
    ("An engineer can come on Friday morning, shall I book that?", ""),
    ("I'll book a technician for you next Tuesday.", ""),
    ("Your parcel should arrive on Thursday.", ""),
    ("I'll e-mail you the tracking number in ten minutes.", ""),
    ("I'll pass your complaint on today.", ""),
    ("You'll hear from the complaints team within ten working days.", ""),
    ("You can send it back within 30 days, unopened.", ""),
    ("You have until the 10th of April to return it, so 25 days.", ""),
    ("I understand you need your money today.", ""),
    ("Full refunds take five working days.", ""),
    ("The postage for the return is yours to pay, I'm sorry to say.", ""),
    ("There is a restocking fee of 8 euros.", ""),
    ("You were charged 240 euros in March, I can see that.", ""),
    ("I'll correct the bill of 240 euros today and send it to you.", ""),
    ("I'll write down that you were promised a full refund on Monday.", ""),
    ("Thank you for waiting, I'll be right back.", ""),
    ("I'll call the courier now and tell you by noon what they say.", ""),
    ("I'm sorry it broke after a day; that must be annoying.", ""),
    ("We'll talk about the refund tomorrow when the warehouse has looked at it.", ""),
    ("I'll unlock your account now.", ""),
    ("You'll get an e-mail confirming the refund request today.", ""),
)

BUILT_ON: tuple[tuple[str, str], ...] = (
    ("I'll refund you in full today.", "refund_days limit"),
    ("You will have your money back tomorrow.", "refund_days"),
    ("I'll process a full refund.", "limit"),
    ("We'll pay you back the whole 120 euros by Friday.", "refund_days limit"),
    ("I will credit you €80 right now.", "limit"),
    ("I'll give you 100 euros back as a goodwill gesture.", "limit"),
    ("The replacement will arrive tomorrow.", "replacement_days"),
    ("We'll send a new one out and you'll have it by tomorrow.", "replacement_days"),
    ("The technician will come tomorrow at nine.", "technician_days"),
    ("I'll get an engineer to you this afternoon.", "technician_days"),
    ("It will be delivered today.", "delivery_days"),
    ("Your order will arrive tomorrow morning.", "delivery_days"),
    ("Your complaint will be resolved by tomorrow.", "complaint_days"),
    ("You'll get an answer to your complaint within two days.", "complaint_days"),
    ("You can return it within 90 days.", "return_days"),
    ("You can return it any time.", "return_days"),
    ("We'll cover the postage for the return.", "return_postage_paid"),
    ("The return is free for you.", "return_postage_paid"),
    ("We'll take it back even if it's been opened.", "opened_returns"),
    ("I'll take the restocking fee off.", "restocking_fee"),
    # harmless
    ("I'll refund you the €35, it takes five working days.", ""),
    ("Your money will be back by the end of next week.", ""),
    ("I'll refund the 45 euros now; you'll have it in a week.", ""),
    ("I'll call you about your refund today.", ""),
    ("I'll send you an e-mail about the refund tomorrow.", ""),
    ("I could ask for a full refund.", ""),
    ("If you send it back, we'll refund you in full.", ""),
    ("Shall I send a replacement by tomorrow?", ""),
    ("The replacement leaves us today.", ""),
    ("I'll order the new one today.", ""),
    ("I'll check with the technician today.", ""),
    ("I'll ask the driver where it is today.", ""),
    ("I'll look into your complaint today.", ""),
    ("I've passed your complaint to my manager.", ""),
    ("You can return it within 14 days.", ""),
    ("Please keep the restocking fee in mind.", ""),
    ("Your bill of 300 euros is due tomorrow.", ""),
    ("I can't refund you today.", ""),
    ("I'll have it looked at today.", ""),
    ("We'll sort this out together.", ""),
)
