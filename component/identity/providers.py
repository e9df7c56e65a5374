"""The providers, in the order in which they are offered when the operator names several."""

from collections.abc import Mapping

from component.identity import registry, review, signin, webhook
from component.identity.provider import Provider

_ALL = (registry.PROVIDER, review.PROVIDER, webhook.PROVIDER, signin.PROVIDER)

PROVIDERS: Mapping[str, Provider] = {provider.name: provider for provider in _ALL}
