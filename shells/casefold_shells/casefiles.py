"""Where the parts of a case stand in its folder."""

from pathlib import Path

from attrs import frozen


@frozen
class CaseFolder:
    """A case's folder."""

    path: Path

    @property
    def log(self) -> Path:
        """The event log."""
        return self.path / "events.jsonl"

    @property
    def blobs(self) -> Path:
        """Texts and artifacts, by digest."""
        return self.path / "blobs"

    @property
    def documents(self) -> Path:
        """The documents' PDFs."""
        return self.path / "documents"

    @property
    def case_json(self) -> Path:
        """The outcome for programs."""
        return self.path / "case.json"

    @property
    def report(self) -> Path:
        """The outcome for people."""
        return self.path / "report.html"
