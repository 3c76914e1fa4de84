"""What people may think of doing with mail, notifications and webhooks."""

from simulation.acts import ACTS, Scene, act
from simulation.facts import Row
from simulation.supply_acts import STAFF

BEFORE = set(ACTS)
# What is told to nobody a second time.
TOLD_ONCE = {"secret"}
HOOK = "https://hooks.slack.com/services/T0/B0/{}"


# Mail


@act()
def send_test_email(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return {"address": scene.dice.choice(["reader@example.com", "Reader@example.com", "nobody"])}


@act()
def resend_email(scene: Scene) -> dict[str, object]:
    scene.by(*STAFF)
    mail = scene.one("email_log", lambda row: row["status"] not in ("queued", "sending"))
    return {"email_id": mail["id"]}


@act()
def cancel_email(scene: Scene) -> dict[str, object]:
    scene.by(*STAFF)
    return {"email_id": scene.one("email_log", lambda row: row["status"] == "queued")["id"]}


@act()
def set_mail_password(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    if not any(row["smtp_user"] for row in scene.facts["mail_settings"]) and scene.chance(80):
        raise LookupError
    return {"password": "correct horse"}


@act()
def record_email_event(scene: Scene) -> dict[str, object]:
    scene.by("mail_server")
    mail = scene.one("email_log")
    [to, *_] = scene.facts.of("email_recipients", "email_id", mail) or [{"address": None}]
    return {
        "message_id": mail["message_id"],
        "kind": scene.dice.choice(["delivered", "bounce", "complaint"]),
        "address": scene.dice.choice([to["address"], to["address"], "stranger@example.com", None]),
    }


# Notifications


@act()
def mark_notifications_read(scene: Scene) -> dict[str, object]:
    told = scene.one("notifications", lambda row: row["read_at"] is None)
    reader = next(name for name, one in scene.company.people.items() if one.sub == told["user_id"])
    scene.by(reader)
    return {"notification_ids": [told["id"]]}


@act()
def create_slack_channel(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return {"name": "#orders", "webhook_url": HOOK.format(scene.dice.randint(0, 9))}


@act()
def set_slack_webhook(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    channel = scene.one("slack_channels")
    return {"slack_channel_id": channel["id"], "webhook_url": HOOK.format(scene.dice.randint(0, 9))}


# Webhooks


def endpoint(scene: Scene) -> Row:
    """Choose an endpoint, mostly one that is told of what happens."""
    return {
        "webhook_endpoint_id": scene.one(
            "webhook_endpoints", lambda row: row["status"] == "enabled"
        )["id"]
    }


@act()
def create_webhook_endpoint(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return {
        "url": scene.dice.choice(["https://erp.example/hook", "https://erp.example/2", "ftp://x"]),
        "event_types": scene.some(["purchase_order.*", "*", "slice_award.recorded", "nonsense"], 2),
    }


@act()
def rotate_webhook_secret(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return endpoint(scene)


@act()
def test_webhook(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return endpoint(scene)


@act()
def replay_webhook(scene: Scene) -> dict[str, object]:
    scene.by("admin")
    return endpoint(scene) | {
        "since": "2026-01-01T00:00:00Z",
        "include_delivered": scene.chance(50),
    }


TELLING_COMMANDS = ACTS.keys() - BEFORE
