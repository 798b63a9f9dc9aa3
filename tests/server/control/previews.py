"""What a server would answer, for tests that have none."""

from ota_dev.server.messages import Request, Response
from tests.simulated_client.asking import feed_of, item_of


class Previews:
    """Answers that a server would give by the end of the path that is asked for, and all that was asked."""

    def __init__(self) -> None:
        feed = feed_of(item_of("1.3.0", attributes='sparkle:os="macos"'))
        self.answers: dict[str, Response] = {".xml": Response(status=200, body=feed)}
        self.asked: list[Request] = []

    async def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        found = (answer for end, answer in self.answers.items() if request.target.endswith(end))
        return next(found, Response.plain(404, "There is nothing."))
