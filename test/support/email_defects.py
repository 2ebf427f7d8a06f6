"""Reads letters as Python's e-mail parser does, and says what it finds wrong.

In: JSON, a list of messages in base64. Out: JSON, for each its defects, its subject, and its text and HTML parts.
"""

import base64
import email
import email.policy
import json
import sys


def defects_of(part):
    """Of a part, of its headers, and of its content, which is decoded on the way."""
    found = [repr(defect) for defect in part.defects]
    for name, value in part.items():
        found += [f"{name}: {defect!r}" for defect in value.defects]
    if not part.is_multipart():
        try:
            part.get_content()
        except (LookupError, ValueError) as error:
            found.append(repr(error))
        found += [repr(defect) for defect in part.defects if repr(defect) not in found]
    return found


def read(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "defects": [defect for part in message.walk() for defect in defects_of(part)],
        "subject": message["subject"],
        "to": [[one.display_name, one.addr_spec] for one in message["to"].addresses],
        **{kind: part and part.get_content() for kind, part in parts.items()},
    }


json.dump([read(base64.b64decode(one)) for one in json.load(sys.stdin)], sys.stdout)
