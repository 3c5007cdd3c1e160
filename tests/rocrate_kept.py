"""Run by the Python that has roc-validator: a folder and a place for its cache in, what it finds wrong out as JSON; nothing is fetched."""

import io
import json
import sys

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter, HTTPAdapter
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
# What the published context says of the terms that we use.
TERMS = {
    **{
        name: f"http://schema.org/{name}"
        for name in (
            "Dataset CreativeWork CreateAction SoftwareApplication name description datePublished license hasPart mentions about "
            "encodingFormat contentSize instrument result version"
        ).split()
    },
    "File": "http://schema.org/MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}


class Kept(BaseAdapter):
    """Answers with the context, whatever is asked."""

    def send(self, request: PreparedRequest, *_: object, **__: object) -> Response:
        """The context."""
        body = io.BytesIO(json.dumps({"@context": TERMS}).encode())
        head = {"Content-Type": "application/ld+json"}
        return HTTPAdapter().build_response(
            request, HTTPResponse(body=body, headers=head, status=200, preload_content=False)
        )

    def close(self) -> None:
        """Nothing is open."""


def main(folder: str, cache: str) -> None:
    """Put the context where the validator looks for what it has fetched before, and have it look at the folder."""
    session = CachedSession(cache_name=cache, backend="sqlite", expire_after=-1, allowable_methods=("GET",))
    session.mount("https://", Kept())
    session.get(CONTEXT)
    session.get(CONTEXT, headers={"Accept": "application/ld+json, application/json"})
    asked = ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.1",
        requirement_severity=Severity.RECOMMENDED,
        offline=True,
        cache_path=cache,
    )
    found = services.validate(asked)
    told = [[i.severity.name, i.check.identifier, i.message] for i in found.get_issues()]
    print(json.dumps({"checks": len(found.executed_checks), "issues": sorted(told)}))


main(sys.argv[1], sys.argv[2])
